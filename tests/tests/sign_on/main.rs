//! Single sign-on, over HTTP: with a certified provider, and with one that does what a correct one never would.

#[cfg(test)]
mod certified;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod scene;
#[cfg(test)]
mod settings;
