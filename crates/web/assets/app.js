// Small improvements only: every page works without this file.
"use strict";

// "Seite schnell verlassen": leave no trace of this page in the back button.
for (const link of document.querySelectorAll("[data-quick-exit]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    document.documentElement.hidden = true;
    window.location.replace(link.href);
  });
}

// The summary of errors is what a screen reader should hear first.
document.querySelector("[data-focus]")?.focus();

// The code of a link in a mail or letter stands behind the "#", which is sent nowhere: it is taken from there as if it had
// been typed, and is gone from the address.
const code = document.querySelector("[data-link-code]");
if (code) {
  const bring = () => {
    const brought = window.location.hash.slice(1);
    if (!brought) return;
    window.history.replaceState(null, "", window.location.pathname);
    code.value = brought;
    code.form.submit();
  };
  window.addEventListener("hashchange", bring);
  bring();
}

// Buttons that only make sense with a script.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
for (const button of document.querySelectorAll("[data-share]")) {
  const url = button.dataset.share;
  const status = document.getElementById(button.getAttribute("aria-describedby"));
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      if (navigator.share) {
        await navigator.share({ title: document.title, url });
      } else {
        await navigator.clipboard.writeText(url);
        if (status) status.textContent = button.dataset.done;
      }
    } catch {
      // Cancelled, or not permitted: the address stands beside the button.
    }
  });
}

// Copying: what is not public is told to the log before it is copied.
for (const button of document.querySelectorAll("[data-copy]")) {
  const status = document.getElementById("copied");
  button.hidden = false;
  button.addEventListener("click", async () => {
    const { copy, tell } = button.dataset;
    try {
      if (tell) {
        const told = await fetch(tell, { method: "POST", redirect: "manual" });
        if (!told.ok) throw new Error("not told");
      }
      await navigator.clipboard.writeText(document.getElementById(copy).textContent.trim());
      button.dataset.state = "done";
      if (status) status.textContent = status.dataset.done;
    } catch {
      button.dataset.state = "failed";
      if (status) status.textContent = status.dataset.failed;
    }
  });
}

// Choosing from a long list: search, tick many at once, see how many are ticked.
for (const pick of document.querySelectorAll("[data-pick]")) {
  const boxes = [...pick.querySelectorAll("input[type=checkbox]")];
  const counter = pick.querySelector("[data-pick-count]");
  const due = new Set(pick.dataset.pick.split(" "));
  const search = pick.querySelector("[data-pick-search]");
  const count = () => {
    const numbers = [boxes.filter((box) => box.checked).length, boxes.length];
    counter.textContent = counter.dataset.pickCount.replace(/0/g, () => numbers.shift());
  };
  const tick = (link, wanted) => pick.querySelector(link)?.addEventListener("click", (event) => {
    event.preventDefault();
    for (const box of boxes) box.checked = wanted(box);
    count();
  });
  tick("[data-pick-due]", (box) => due.has(box.value));
  tick("[data-pick-all]", () => true);
  tick("[data-pick-none]", () => false);
  pick.addEventListener("change", count);
  search.hidden = false;
  search.querySelector("input").addEventListener("input", (event) => {
    const wanted = event.target.value.trim().toLocaleLowerCase();
    for (const box of boxes) {
      const row = box.closest(".choice");
      row.hidden = !row.querySelector("label").firstChild.textContent.toLocaleLowerCase().includes(wanted);
    }
  });
  search.querySelector("input").addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
}

// A double click sends a form once: the answer to the first click is the one that is shown.
for (const form of document.querySelectorAll("form[method=post]")) {
  let sent = 0;
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    if (Date.now() - sent < 2000) event.preventDefault();
    else sent = Date.now();
  });
}

// A form that keeps itself while it is filled in, so that nothing typed is lost.
const drafted = document.querySelector("form[data-draft]");
if (drafted) {
  const said = drafted.querySelector("[data-draft-kept]");
  let timer = null;
  const keep = async () => {
    timer = null;
    const body = new URLSearchParams(new FormData(drafted));
    body.set("still", "ja");
    const sent = { method: "POST", body, redirect: "manual", keepalive: true };
    const answer = await fetch(drafted.dataset.draft, sent).catch(() => null);
    const at = new Date().toLocaleTimeString(document.documentElement.lang, { timeStyle: "short" });
    said.textContent = answer?.ok ? `${said.dataset.draftKept} ${at}` : said.dataset.draftFailed;
  };
  const stop = () => {
    clearTimeout(timer);
    timer = null;
  };
  drafted.addEventListener("input", () => {
    stop();
    timer = setTimeout(keep, 2000);
  });
  drafted.addEventListener("submit", stop);
  // A telephone that goes into the pocket.
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && timer !== null) {
      stop();
      keep();
    }
  });
}

// Before an idle login ends: a note that keeps it, so that nothing typed is lost. What is done in another tab counts, too.
const note = document.querySelector("[data-idle]");
if (note) {
  const [soon, over] = note.querySelectorAll("p");
  const stay = note.querySelector("button");
  const tabs = "BroadcastChannel" in window ? new BroadcastChannel("login") : null;
  let seen = Date.now();
  const active = () => {
    seen = Date.now();
    note.hidden = true;
  };
  tabs?.addEventListener("message", active);
  tabs?.postMessage("seen");
  stay.addEventListener("click", async () => {
    const answer = await fetch(note.dataset.stay, { cache: "no-store", redirect: "manual" }).catch(() => null);
    if (answer?.ok) {
      tabs?.postMessage("seen");
      active();
    } else {
      seen = 0;
      tell();
    }
  });
  const tell = () => {
    const idle = (Date.now() - seen) / 1000;
    const ended = idle >= Number(note.dataset.over);
    if (idle < Number(note.dataset.idle)) return;
    const opened = note.hidden;
    note.hidden = false;
    soon.hidden = stay.hidden = ended;
    over.hidden = !ended;
    if (opened) soon.focus();
  };
  setInterval(tell, 5000);
}
