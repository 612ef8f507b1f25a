// Passkeys: asks the browser for one and sends the answer with an ordinary form. Without this file the page offers
// the other ways; nothing is sent anywhere but with that form.
"use strict";

const decode = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const encode = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

const described = (list) => (list ?? []).map((one) => ({ ...one, id: decode(one.id) }));

async function create(options) {
  const publicKey = {
    ...options.publicKey,
    challenge: decode(options.publicKey.challenge),
    user: { ...options.publicKey.user, id: decode(options.publicKey.user.id) },
    excludeCredentials: described(options.publicKey.excludeCredentials),
  };
  const made = await navigator.credentials.create({ publicKey });
  return {
    id: made.id,
    rawId: encode(made.rawId),
    type: made.type,
    extensions: {},
    response: {
      attestationObject: encode(made.response.attestationObject),
      clientDataJSON: encode(made.response.clientDataJSON),
    },
  };
}

async function get(options) {
  const publicKey = {
    ...options.publicKey,
    challenge: decode(options.publicKey.challenge),
    allowCredentials: described(options.publicKey.allowCredentials),
  };
  const used = await navigator.credentials.get({ publicKey });
  const { authenticatorData, clientDataJSON, signature, userHandle } = used.response;
  return {
    id: used.id,
    rawId: encode(used.rawId),
    type: used.type,
    extensions: {},
    response: {
      authenticatorData: encode(authenticatorData),
      clientDataJSON: encode(clientDataJSON),
      signature: encode(signature),
      userHandle: userHandle ? encode(userHandle) : null,
    },
  };
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!window.PublicKeyCredential) {
    // An old browser: what to do instead is said as to those without scripts.
    for (const note of document.querySelectorAll("[data-passkey-missing]")) note.hidden = false;
    continue;
  }
  form.hidden = false;
  const failed = form.querySelector("[data-passkey-failed]");
  const ask = async () => {
    failed.hidden = true;
    try {
      const options = JSON.parse(form.dataset.options);
      const answer = await (form.dataset.passkey === "create" ? create(options) : get(options));
      form.elements.credential.value = JSON.stringify(answer);
      form.submit();
    } catch {
      // Cancelled, too late, or no passkey for this office here.
      failed.hidden = false;
    }
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask();
  });
  // The button was pressed on the page before.
  if ("atOnce" in form.dataset) ask();
}
