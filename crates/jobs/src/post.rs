//! The way out for mail: SMTP, or a folder where the demo keeps it.

use std::path::PathBuf;
use std::time::Duration;

use lettre::message::header::ContentType;
use lettre::message::{Mailbox, MessageBuilder};
use lettre::transport::smtp::authentication::Credentials;
use lettre::{AsyncFileTransport, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use storage::{Outgoing, Undelivered};
use usecases::mail::Sender;

/// How long a server may take for one mail.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// How an SMTP server is reached.
#[derive(Clone, serde::Deserialize)]
pub struct SmtpConfig {
    /// Host name; its certificate must be valid for it.
    pub host: String,
    /// 465 (TLS from the start) or 587 (STARTTLS, required).
    pub port: u16,
    /// Login.
    pub user: String,
    /// Password.
    pub password: String,
    /// Who the mails are from: `Ampelhaus <noreply@ampelhaus.example>`. An office's mails have its name before the same address:
    /// servers that receive them ask whether this one may send for it (SPF, RFC 7208).
    pub from: String,
}

impl std::fmt::Debug for SmtpConfig {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SmtpConfig").field("host", &self.host).field("port", &self.port).finish_non_exhaustive()
    }
}

/// Mail cannot be sent.
#[derive(Debug, thiserror::Error)]
pub enum PostError {
    /// The sender's address in the configuration.
    #[error("the sender's address cannot be read")]
    From(#[source] lettre::address::AddressError),
    /// The configuration of the server.
    #[error("the SMTP server cannot be used as configured")]
    Smtp(#[from] lettre::transport::smtp::Error),
    /// The folder for caught mail.
    #[error("the folder for mail cannot be made")]
    Folder(#[from] std::io::Error),
}

enum Way {
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
    Folder(AsyncFileTransport<Tokio1Executor>),
}

/// The way out for mail.
pub struct Post {
    way: Way,
    from: Mailbox,
    patience: Duration,
}

impl std::fmt::Debug for Post {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self.way {
            Way::Smtp(_) => "Post(SMTP)",
            Way::Folder(_) => "Post(folder)",
        })
    }
}

impl Post {
    /// By SMTP, always over TLS.
    pub fn smtp(config: &SmtpConfig) -> Result<Self, PostError> {
        let builder = match config.port {
            465 => AsyncSmtpTransport::<Tokio1Executor>::relay(&config.host)?,
            _ => AsyncSmtpTransport::<Tokio1Executor>::starttls_relay(&config.host)?,
        };
        let transport = builder
            .port(config.port)
            .credentials(Credentials::new(config.user.clone(), config.password.clone()))
            .timeout(Some(PATIENCE))
            .build();
        Ok(Self { way: Way::Smtp(transport), from: config.from.parse().map_err(PostError::From)?, patience: PATIENCE })
    }

    /// Into a folder, for the demo and for tests: one file per mail.
    pub fn folder(folder: PathBuf) -> Result<Self, PostError> {
        std::fs::create_dir_all(&folder)?;
        let from: Mailbox = "Ampelhaus <demo@ampelhaus.invalid>".parse().map_err(PostError::From)?;
        Ok(Self { way: Way::Folder(AsyncFileTransport::new(folder)), from, patience: PATIENCE })
    }

    /// Sends one mail. The error is fit for a log: it names no address.
    pub async fn send(&self, mail: &Outgoing, sender: &Sender) -> Result<(), Undelivered> {
        let message = self.message(mail, sender).map_err(Undelivered::ForGood)?;
        let for_now = |reason: &str| Undelivered::ForNow(reason.to_owned());
        match &self.way {
            // The transport's own limit is for connecting only.
            Way::Smtp(transport) => match tokio::time::timeout(self.patience, transport.send(message)).await {
                Ok(sent) => sent.map(drop).map_err(|error| match error.status() {
                    Some(code) => answered(&code.to_string()),
                    None => for_now("the server could not be reached"),
                }),
                Err(_) => Err(for_now("the server said nothing for too long")),
            },
            Way::Folder(transport) => {
                transport.send(message).await.map(drop).map_err(|_| for_now("the folder cannot be written"))
            }
        }
    }

    fn message(&self, mail: &Outgoing, sender: &Sender) -> Result<Message, String> {
        let Outgoing { id, attempts: _, mail } = mail;
        let to: lettre::Address =
            mail.to.as_str().parse().map_err(|_| "the recipient's address cannot be used".to_owned())?;
        // The same Message-ID at every attempt, so that a receiver can drop a second copy.
        let domain = self.from.email.domain();
        let Sender { name, reply_to } = sender;
        // A line break would be another header, and stops the writing of this one.
        let name: String = name.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let name = if name.is_empty() { self.from.name.clone() } else { Some(name) };
        let mut builder = MessageBuilder::new().from(Mailbox::new(name, self.from.email.clone()));
        // An address that cannot be answered to is no reason not to write.
        if let Some(reply_to) = reply_to.as_ref().and_then(|address| address.as_str().parse().ok()) {
            builder = builder.reply_to(Mailbox::new(None, reply_to));
        }
        builder
            .to(Mailbox::new(None, to))
            .subject(mail.subject.clone())
            .message_id(Some(format!("<{id}@{domain}>")))
            .header(ContentType::TEXT_PLAIN)
            .body(mail.body.clone())
            .map_err(|_| "the mail cannot be written".to_owned())
    }
}

/// What an answer of the server means. For good only where it is about the receiver (RFC 5321 § 4.2.3, RFC 7504): that our
/// own login fails, or that a mailbox is full, may change.
fn answered(code: &str) -> Undelivered {
    let reason = format!("the server answered {code}");
    if matches!(code, "550" | "551" | "553" | "556") {
        Undelivered::ForGood(reason)
    } else {
        Undelivered::ForNow(reason)
    }
}

#[cfg(test)]
mod tests {
    use domain::{EmailAddress, MailId};
    use storage::{Mail, Outgoing, Undelivered};

    use std::time::Duration;

    use super::{Post, Sender, SmtpConfig};

    fn outgoing() -> Outgoing {
        let mail = Mail {
            to: EmailAddress::parse("a@example.org").unwrap(),
            subject: "Hallo".to_owned(),
            body: "Guten Tag".to_owned(),
        };
        Outgoing { id: MailId("0".repeat(32).parse().unwrap()), attempts: 0, mail }
    }

    #[tokio::test]
    async fn a_server_that_accepts_and_says_nothing_is_given_up() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let config = SmtpConfig {
            host: "127.0.0.1".to_owned(),
            port: listener.local_addr().unwrap().port(),
            user: String::new(),
            password: String::new(),
            from: "a@example.org".to_owned(),
        };
        let mut post = Post::smtp(&config).unwrap();
        post.patience = Duration::from_millis(200);
        let silent = tokio::spawn(async move {
            let connection = listener.accept().await;
            std::future::pending::<()>().await;
            drop(connection);
        });
        let outcome = tokio::time::timeout(Duration::from_secs(20), post.send(&outgoing(), &Sender::default())).await;
        let silent_for_now = Undelivered::ForNow("the server said nothing for too long".to_owned());
        assert_eq!(outcome.expect("it ends"), Err(silent_for_now));
        silent.abort();
    }

    #[test]
    fn only_what_is_about_the_receiver_is_for_good() {
        for code in ["550", "551", "553", "556"] {
            assert!(matches!(super::answered(code), Undelivered::ForGood(_)), "{code}");
        }
        for code in ["421", "450", "530", "535", "552", "554"] {
            assert!(matches!(super::answered(code), Undelivered::ForNow(_)), "{code}");
        }
    }

    #[test]
    fn a_subject_with_line_breaks_adds_no_header() {
        let folder = tempfile::tempdir().unwrap();
        let post = Post::folder(folder.path().to_owned()).unwrap();
        let mail = Mail {
            to: EmailAddress::parse("a@example.org").unwrap(),
            subject: "Hallo\r\nBcc: evil@example.org\r\n\r\nText".to_owned(),
            body: "Guten Tag".to_owned(),
        };
        let mail = Outgoing { id: MailId("0".repeat(32).parse().unwrap()), attempts: 0, mail };
        let text = String::from_utf8(post.message(&mail, &Sender::default()).unwrap().formatted()).unwrap();
        assert!(text.contains("Subject: "));
        assert!(!text.lines().any(|line| line.to_ascii_lowercase().starts_with("bcc:")), "{text}");
    }

    #[test]
    fn an_offices_mail_has_its_name_and_is_answered_to_it() {
        let folder = tempfile::tempdir().unwrap();
        let post = Post::folder(folder.path().to_owned()).unwrap();
        let head = |sender: &Sender| String::from_utf8(post.message(&outgoing(), sender).unwrap().formatted()).unwrap();
        let own = head(&Sender::default());
        assert!(own.contains("From: Ampelhaus <demo@ampelhaus.invalid>") && !own.contains("Reply-To"), "{own}");
        let office =
            Sender { name: "Kontaktstelle Alpha".to_owned(), reply_to: EmailAddress::parse("info@alpha.example").ok() };
        let mail = head(&office);
        assert!(mail.contains("Kontaktstelle Alpha") && mail.contains("<demo@ampelhaus.invalid>"), "{mail}");
        assert!(mail.contains("Reply-To: info@alpha.example"), "{mail}");
        let far = head(&Sender { name: "Kontaktstelle Köln\r\nBcc: evil@example.org".to_owned(), reply_to: None });
        assert!(!far.lines().any(|line| line.to_ascii_lowercase().starts_with("bcc:")), "{far}");
    }
}
