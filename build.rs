//! How the program is linked.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "cargo asks by the environment and is answered on standard output"
)]

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let target = |name: &str| std::env::var(format!("CARGO_CFG_TARGET_{name}")).unwrap_or_default();
    // At a place that is known when it is linked: a program that can be loaded anywhere has 35,000
    // addresses put in at every start, in the tables of the importers, before it can do anything.
    // Libraries, heap and stack still lie at random places; the program itself does not, which guards
    // against wrong writes into memory, and none of its code may make them (`unsafe_code` is forbidden).
    if target("OS") == "linux" && target("ENV") == "gnu" {
        println!("cargo:rustc-link-arg-bins=-no-pie");
    }
}
