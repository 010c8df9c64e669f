//! The program: everything is in the library, this passes on arguments and exit status.

fn main() -> std::process::ExitCode {
    tip_reader::cli::run(std::env::args_os())
}
