//! Arguments in, exit code out.

fn main() -> std::process::ExitCode {
    beide::run(std::env::args_os())
}
