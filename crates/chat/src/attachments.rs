//! Small files beside messages: announced, filled, read, told to the model.

use agent::File;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use protocol::chatkit::{self, AttachmentKind, UploadDescriptor};
use store::attachments::{self, Attachment};

use crate::ids::Ids;
use crate::{Chat, Error, Visit};

/// Bytes of one file.
const LARGEST: i64 = 1024 * 1024;

/// Files of one message.
pub(crate) const MOST: usize = 10;

/// Characters of a text file that the model is told.
const TOLD: usize = 20_000;

const PICTURES: [&str; 4] = ["image/png", "image/jpeg", "image/gif", "image/webp"];
const TEXTS: [&str; 5] = [
    "text/plain",
    "text/markdown",
    "text/csv",
    "text/calendar",
    "application/json",
];

/// A file as it is read again.
pub struct Blob {
    pub name: String,
    pub mime_type: String,
    pub content: Vec<u8>,
}

impl Chat {
    /// Makes room for a file and tells where its bytes go.
    pub(crate) async fn announce_file(
        &self,
        name: &str,
        size: i64,
        mime_type: &str,
        visit: &Visit,
    ) -> Result<chatkit::Attachment, Error> {
        let name = name.trim();
        if name.is_empty() || name.chars().count() > 255 || name.chars().any(char::is_control) {
            return Err(Error::Invalid("A file's name has 1 to 255 characters."));
        }
        let mime_type = essence(mime_type);
        if !PICTURES.contains(&mime_type.as_str()) && !TEXTS.contains(&mime_type.as_str()) {
            return Err(Error::AttachmentType);
        }
        if size < 1 {
            return Err(Error::Invalid("An empty file cannot be attached."));
        }
        if size > LARGEST {
            return Err(Error::AttachmentTooLarge);
        }
        let now = (self.clock)();
        let chance = self.chance;
        let file = Attachment {
            id: Ids { now, chance }.text("atc_"),
            name: name.to_owned(),
            mime_type,
            size: i32::try_from(size).map_err(|_| Error::AttachmentTooLarge)?,
            thread: None,
            content: None,
        };
        if !attachments::insert(self.db.begin(visit.scope()), &file, now).await? {
            return Err(Error::NoRoom);
        }
        let upload = UploadDescriptor {
            url: self.address_of(&file),
            method: "PUT".to_owned(),
            headers: [("content-type".to_owned(), file.mime_type.clone())].into(),
        };
        Ok(chatkit::Attachment {
            upload_descriptor: Some(upload),
            ..self.on_the_wire(&file)
        })
    }

    /// Takes the bytes of an announced file. The same bytes may come again.
    ///
    /// # Errors
    /// If there is no such file, or these are not its bytes.
    pub async fn upload(
        &self,
        id: &str,
        content: &[u8],
        visit: &Visit,
    ) -> Result<chatkit::Attachment, Error> {
        let file = self.file(id, visit).await?;
        let expected = usize::try_from(file.size).unwrap_or_default();
        if content.len() != expected || !is_of_kind(content, &file.mime_type) {
            return Err(Error::AttachmentMismatch);
        }
        if attachments::fill(self.db.begin(visit.scope()), id, content).await? {
            Ok(self.on_the_wire(&file))
        } else {
            Err(Error::AttachmentMismatch)
        }
    }

    /// # Errors
    /// If the person has no such file, or its bytes have not come yet.
    pub async fn download(&self, id: &str, visit: &Visit) -> Result<Blob, Error> {
        let file = self.file(id, visit).await?;
        Ok(Blob {
            content: file.content.ok_or(Error::AttachmentNotFound)?,
            name: file.name,
            mime_type: file.mime_type,
        })
    }

    pub(crate) async fn delete_file(&self, id: &str, visit: &Visit) -> Result<(), Error> {
        if attachments::delete(self.db.begin(visit.scope()), id).await? {
            Ok(())
        } else {
            Err(Error::AttachmentNotFound)
        }
    }

    async fn file(&self, id: &str, visit: &Visit) -> Result<Attachment, Error> {
        let found = attachments::find(self.db.begin(visit.scope()), id).await?;
        found.ok_or(Error::AttachmentNotFound)
    }

    /// The files of a message, all there and the person's own.
    pub(crate) async fn files(
        &self,
        ids: &[String],
        visit: &Visit,
    ) -> Result<Vec<Attachment>, Error> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        if ids.len() > MOST {
            return Err(Error::Invalid("A message takes at most ten files."));
        }
        let mut wanted: Vec<String> = Vec::new();
        for id in ids {
            if !wanted.contains(id) {
                wanted.push(id.clone());
            }
        }
        let files = attachments::of_message(self.db.begin(visit.scope()), &wanted).await?;
        let complete = files.iter().all(|file| file.content.is_some());
        if files.len() == wanted.len() && complete {
            Ok(files)
        } else {
            Err(Error::AttachmentNotFound)
        }
    }

    pub(crate) fn on_the_wire(&self, file: &Attachment) -> chatkit::Attachment {
        let kind = if is_picture(&file.mime_type) {
            let preview_url = self.address_of(file);
            AttachmentKind::Image { preview_url }
        } else {
            AttachmentKind::File {}
        };
        chatkit::Attachment {
            id: file.id.clone(),
            name: file.name.clone(),
            mime_type: file.mime_type.clone(),
            upload_descriptor: None,
            thread_id: file.thread.clone(),
            kind,
        }
    }

    fn address_of(&self, file: &Attachment) -> String {
        format!("{}/api/attachments/{}", self.origin, file.id)
    }
}

/// A file as the model is told of it. Pictures are added when it is asked.
pub(crate) fn told(file: &Attachment) -> File {
    let content = file
        .content
        .as_deref()
        .filter(|_| !is_picture(&file.mime_type));
    let text = content.map(|content| {
        let text = String::from_utf8_lossy(content);
        text.chars().take(TOLD).collect()
    });
    File {
        id: file.id.clone(),
        name: file.name.clone(),
        text,
        picture: None,
    }
}

/// The picture in a form that models take.
pub(crate) fn picture(file: &Attachment) -> Option<String> {
    let content = file
        .content
        .as_ref()
        .filter(|_| is_picture(&file.mime_type))?;
    let bytes = STANDARD.encode(content);
    Some(format!("data:{};base64,{bytes}", file.mime_type))
}

fn is_picture(mime_type: &str) -> bool {
    PICTURES.contains(&mime_type)
}

/// A media type without its parameters.
pub(crate) fn essence(mime_type: &str) -> String {
    let essence = mime_type.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}

/// Whether the bytes begin as such a file does; a text has to be UTF-8.
fn is_of_kind(content: &[u8], mime_type: &str) -> bool {
    match mime_type {
        "image/png" => content.starts_with(b"\x89PNG\r\n\x1a\n"),
        "image/jpeg" => content.starts_with(b"\xff\xd8\xff"),
        "image/gif" => content.starts_with(b"GIF87a") || content.starts_with(b"GIF89a"),
        "image/webp" => content.starts_with(b"RIFF") && content.get(8..12) == Some(b"WEBP"),
        _ => str::from_utf8(content).is_ok_and(|text| !text.contains('\0')),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_its_first_bytes_say() {
        assert!(is_of_kind(b"\x89PNG\r\n\x1a\n...", "image/png"));
        assert!(!is_of_kind(b"<svg onload=", "image/png"));
        assert!(is_of_kind(b"RIFF\0\0\0\0WEBPVP8 ", "image/webp"));
        assert!(!is_of_kind(b"RIFF", "image/webp"));
        assert!(is_of_kind("a,b\nü,c".as_bytes(), "text/csv"));
        assert!(!is_of_kind(b"\xff\xfe", "text/plain"));
    }

    #[test]
    fn parameters_of_a_media_type_do_not_count() {
        assert_eq!(essence("Text/Plain; charset=utf-8"), "text/plain");
    }
}
