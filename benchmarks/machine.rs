//! On what the figures were taken.

use std::fs;
use std::process::Command;

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
    let processors = text("/proc/cpuinfo");
    let model = field(&processors, "model name");
    let memory = field(&text("/proc/meminfo"), "MemTotal:");
    let memory = memory.and_then(|memory| memory.split(' ').next()?.parse::<u64>().ok());
    // Not those that this process may use, which keeps to one.
    let cores = processors.lines();
    let cores = cores.filter(|line| line.starts_with("processor")).count();
    let kernel = text("/proc/sys/kernel/osrelease");
    let load = text("/proc/loadavg");
    // Of which our own is one or two.
    let load = load.split(' ').next().unwrap_or("unknown");
    let compiler = Command::new("rustc").arg("--version").output();
    let compiler = compiler.map_or_else(
        |_| "rustc".to_owned(),
        |output| String::from_utf8_lossy(&output.stdout).trim().to_owned(),
    );
    format!(
        "{cores} cores of {}, {} GiB, Linux {}, {compiler}, load {load}",
        model.unwrap_or_else(|| "an unknown processor".to_owned()),
        memory.unwrap_or_default() / (1024 * 1024),
        kernel.trim(),
    )
}
