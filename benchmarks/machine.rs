//! On what the figures were taken.

use std::fs;
use std::process::Command;
use std::thread;

/// One line: processor, memory, systems.
pub(crate) fn describe() -> String {
    let text = |path| fs::read_to_string(path).unwrap_or_default();
    let field = |text: &str, name: &str| {
        let mut lines = text.lines();
        let line = lines
            .find_map(|line| line.strip_prefix(name))
            .map(str::to_owned);
        line.map(|line| line.trim_matches(['\t', ' ', ':']).to_owned())
    };
    let model = field(&text("/proc/cpuinfo"), "model name");
    let memory = field(&text("/proc/meminfo"), "MemTotal:");
    let memory = memory.and_then(|memory| memory.split(' ').next()?.parse::<u64>().ok());
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let kernel = text("/proc/sys/kernel/osrelease");
    let compiler = Command::new("rustc").arg("--version").output();
    let compiler = compiler.map_or_else(
        |_| "rustc".to_owned(),
        |output| String::from_utf8_lossy(&output.stdout).trim().to_owned(),
    );
    format!(
        "{cores} cores of {}, {} GiB, Linux {}, {compiler}",
        model.unwrap_or_else(|| "an unknown processor".to_owned()),
        memory.unwrap_or_default() / (1024 * 1024),
        kernel.trim(),
    )
}
