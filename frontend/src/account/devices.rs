//! Where one is signed in.

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use yew::{AttrValue, Callback, Html, MouseEvent, Properties, component, html};

use super::part;
use crate::api::{Api, Device};
use crate::browser;
use crate::components::{Button, Voice, use_fetched, use_voice};
use crate::gate::VerifiedUser;
use crate::icon::{Glyph, icon};
use crate::text::Text;

#[derive(Properties, PartialEq)]
pub(super) struct DevicesProps {
    pub user: VerifiedUser,
    pub api: Api,
}

#[component]
pub(super) fn Devices(props: &DevicesProps) -> Html {
    let api = props.api.clone();
    let fetch = move || -> crate::components::Pending<Vec<Device>> {
        let api = api.clone();
        Box::pin(async move { api.devices().await })
    };
    let (devices, reload) = use_fetched(Rc::new(fetch), 0);
    let voice = use_voice();
    let list = devices.view(&reload, |devices| {
        let others = devices.len() > 1;
        let row = |device: &Device| device_view(device, props, &reload, &voice);
        html! {
            <>
                <ul class="account-list">{ for devices.iter().map(row) }</ul>
                if others {
                    {end_others(&props.api, &reload, &voice)}
                }
            </>
        }
    });
    part(Text::Devices, Some(Text::DevicesIntro), list)
}

fn device_view(
    device: &Device,
    props: &DevicesProps,
    reload: &Callback<()>,
    voice: &Voice,
) -> Html {
    let is_this = device.id == props.user.session();
    let (api, token) = (props.api.clone(), device.token.clone());
    let (reload, voice) = (reload.clone(), voice.clone());
    let end = move |_: MouseEvent| {
        let (api, token) = (api.clone(), token.clone());
        let (reload, voice) = (reload.clone(), voice.clone());
        spawn_local(async move {
            match api.end_session(&token).await {
                Ok(()) => reload.emit(()),
                Err(failure) => voice.show(failure.sentence()),
            }
        });
    };
    let since = browser::moment(&device.createdAt);
    html! {
        <li key={device.id.clone()}>
            <span class="card-icon">{icon(Glyph::Device)}</span>
            <div class="account-item">
                <strong>{device_name(&device.userAgent)}</strong>
                <span class="soft">{Text::SignedInSince.with(&[("when", &since)])}</span>
                <span class="soft">{device.ipAddress.clone()}</span>
            </div>
            if is_this {
                <span class="badge-quiet">{Text::ThisDevice}</span>
            } else {
                {Button::new(Text::SignOut).onclick(end.into()).view()}
            }
        </li>
    }
}

fn end_others(api: &Api, reload: &Callback<()>, voice: &Voice) -> Html {
    let (api, reload, voice) = (api.clone(), reload.clone(), voice.clone());
    let end = move |_: MouseEvent| {
        let (api, reload, voice) = (api.clone(), reload.clone(), voice.clone());
        spawn_local(async move {
            match api.end_other_sessions().await {
                Ok(()) => {
                    voice.show(Text::OthersSignedOut.into());
                    reload.emit(());
                }
                Err(failure) => voice.show(failure.sentence()),
            }
        });
    };
    let button = Button::new(Text::SignOutOthers).glyph(Glyph::SignOut);
    html! { <p>{button.onclick(end.into()).view()}</p> }
}

/// The words of a browser about itself, as far as a person knows them.
fn device_name(agent: &str) -> AttrValue {
    let find = |names: &[(&'static str, &'static str)]| {
        let found = names.iter().find(|(mark, _)| agent.contains(mark));
        found.map(|(_, name)| *name)
    };
    let browser = find(&[
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ]);
    let system = find(&[
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ]);
    match (browser, system) {
        (Some(browser), Some(system)) => {
            Text::DeviceName.with(&[("browser", browser), ("system", system)])
        }
        (Some(name), None) | (None, Some(name)) => name.into(),
        (None, None) if agent.is_empty() => Text::DeviceUnknown.into(),
        (None, None) => agent.chars().take(60).collect::<String>().into(),
    }
}

#[cfg(test)]
mod tests {
    use super::device_name;

    #[test]
    fn devices_are_named_as_people_name_them() {
        let chrome = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) \
            Chrome/130.0 Safari/537.36";

        assert_eq!(device_name(chrome), "Chrome on Linux");
        assert_eq!(device_name("curl/8.1"), "curl/8.1");
        assert_eq!(device_name(""), "An unknown device");
    }
}
