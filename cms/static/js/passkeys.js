// Ties allauth's passkey scripts to the buttons of a page, and says in words what went wrong.

const { forms } = window.allauth.webauthn;
const trouble = document.getElementById("passkey-trouble");
const REASONS = {
  InvalidStateError: "This device holds a passkey of your account already.",
  NotAllowedError: "The passkey was not used. Try again, or choose another way.",
  NotSupportedError: "This device cannot do that. Try another one.",
  SecurityError: "Passkeys work over a secure connection only.",
};

function tell(reason) {
  trouble.querySelector("span").textContent = reason;
  trouble.hidden = false;
}

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const { exception } = event.detail;
  tell(REASONS[exception.name] ?? "That did not work. Try again in a moment.");
});

for (const button of document.querySelectorAll("[data-passkey]")) {
  const { passkey, credential, passwordless } = button.dataset;
  if (window.PublicKeyCredential) {
    forms[`${passkey}Form`]({
      ids: { [passkey]: button.id, credential, passwordless, data: "js_data" },
    });
    button.addEventListener("click", () => { trouble.hidden = true; });
  } else {
    button.disabled = true;
    if (passkey !== "login") tell("This browser knows no passkeys.");
  }
}
