//! How a page looks, to eyes and to those who cannot see it.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::page::Page;

/// A device that a page is looked at on.
#[derive(Clone, Copy)]
pub(crate) struct Device {
    pub(crate) name: &'static str,
    width: u32,
    height: u32,
    is_phone: bool,
}

const DESKTOP: Device = Device {
    name: "desktop",
    width: 1280,
    height: 800,
    is_phone: false,
};

pub(crate) const PHONE: Device = Device {
    name: "phone",
    width: 390,
    height: 844,
    is_phone: true,
};

impl Page {
    pub(crate) async fn show_on(&self, device: Device, scheme: &str) {
        let metrics = json!({
            "width": device.width, "height": device.height,
            "deviceScaleFactor": if device.is_phone { 2 } else { 1 },
            "mobile": device.is_phone,
        });
        self.devtools("Emulation.setDeviceMetricsOverride", metrics)
            .await;
        let features = json!({"features": [
            {"name": "prefers-color-scheme", "value": scheme},
            {"name": "prefers-reduced-motion", "value": "reduce"},
        ]});
        self.devtools("Emulation.setEmulatedMedia", features).await;
        // Two frames later what has changed is on the screen, but for colours on their way.
        let script = "const done = arguments[arguments.length - 1];
            const settle = () => {
                for (const animation of document.getAnimations()) {
                    try { animation.finish(); } catch {}
                }
                done();
            };
            requestAnimationFrame(() => requestAnimationFrame(settle));";
        self.client.execute_async(script, vec![]).await.unwrap();
    }

    /// Looks at the present state on each device and in each scheme, and finds nothing serious
    /// wrong. Where pictures are wanted, it leaves one of each pair of the two.
    pub(crate) async fn look(&self, state: &str) {
        for (device, scheme) in [
            (PHONE, "light"),
            (PHONE, "dark"),
            (DESKTOP, "dark"),
            (DESKTOP, "light"),
        ] {
            let is_judged = device.is_phone == (scheme == "dark");
            if !is_judged && !wants_pictures() {
                continue;
            }
            self.show_on(device, scheme).await;
            let name = format!("{state}-{}-{scheme}", device.name);
            self.picture(&name).await;
            self.fits(&name).await;
            if is_judged {
                assert_eq!(self.axe().await, json!([]), "{name}");
            }
        }
    }

    async fn picture(&self, name: &str) {
        if wants_pictures() {
            let png = self.client.screenshot().await.unwrap();
            std::fs::write(folder().join(format!("{name}.png")), png).unwrap();
        }
    }

    async fn fits(&self, name: &str) {
        let over = "document.documentElement.scrollWidth > innerWidth";
        assert_eq!(self.eval(over).await, json!(false), "{name} is too wide");
    }

    /// The desktop as somebody sees it who enlarges everything so many times.
    pub(crate) async fn zoom(&self, times: u32) {
        let metrics = json!({
            "width": DESKTOP.width / times, "height": DESKTOP.height / times,
            "deviceScaleFactor": times, "mobile": false,
        });
        self.devtools("Emulation.setDeviceMetricsOverride", metrics)
            .await;
    }

    /// Finds nothing that is cut off or too wide at the present size.
    pub(crate) async fn look_at_size(&self, state: &str) {
        self.picture(state).await;
        self.fits(state).await;
        let cut = "[...document.querySelectorAll('button, a, input, textarea, select')]
            .filter(e => e.checkVisibility({visibilityProperty: true}))
            .filter(e => {
                const box = e.getBoundingClientRect();
                return box.width > 1 && (box.left < -1 || box.right > innerWidth + 1);
            })
            .map(e => e.outerHTML.slice(0, 120))";
        assert_eq!(self.eval(cut).await, json!([]), "{state}");
    }

    /// What axe-core finds serious or worse.
    async fn axe(&self) -> Value {
        if self.eval("!window.axe").await == json!(true) {
            let source = std::fs::read_to_string(testing::provided("LATCHWORK_AXE")).unwrap();
            self.client.execute(&source, vec![]).await.unwrap();
        }
        let script = "const done = arguments[arguments.length - 1];
            const bad = ['serious', 'critical'];
            axe.run({resultTypes: ['violations']}).then(found => done(found.violations
                .filter(rule => bad.includes(rule.impact))
                .map(rule => [rule.id, rule.nodes.map(node => node.html.slice(0, 200)
                    + ' ' + node.failureSummary)])));";
        self.client.execute_async(script, vec![]).await.unwrap()
    }
}

fn folder() -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/screenshots");
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// `cargo xtask screenshots` wants them, which take a fifth of the time of such a test.
fn wants_pictures() -> bool {
    testing::told("LATCHWORK_PICTURES").is_some()
}
