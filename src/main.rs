//! The binary: calls the library and returns its exit status.

fn main() -> std::process::ExitCode {
    tip_reader::cli::run(std::env::args_os())
}
