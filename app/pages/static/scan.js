"use strict";
// Reads QR codes and bar codes with the camera where the browser can; elsewhere the button only sends or stays hidden.
const stopWord = document.currentScript.dataset.stop;
const detector = "BarcodeDetector" in window ? new BarcodeDetector({ formats: ["qr_code", "code_128", "code_39"] }) : null;
const canScan = detector && navigator.mediaDevices && navigator.mediaDevices.getUserMedia;

function shown() {
  if (canScan) for (const button of document.querySelectorAll("[data-scan]")) button.hidden = false;
}
shown();
document.addEventListener("made", shown);
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-scan]");
  if (!button) return;
  const field = document.getElementById(button.dataset.scan);
  if (!canScan || (button.type === "submit" && field.value.trim())) return;
  event.preventDefault();
  read(field, "send" in button.dataset);
});

// What a label's address means: its last part.
function meant(text) {
  const found = /:\/\/.*\/([^/?#]+)\/?$/.exec(text);
  return found ? decodeURIComponent(found[1]) : text.trim();
}

async function read(field, send) {
  const view = document.createElement("div");
  const video = document.createElement("video");
  const stop = document.createElement("button");
  view.className = "camera";
  video.playsInline = true;
  stop.type = "button";
  stop.textContent = stopWord;
  view.append(video, stop);
  document.body.append(view);
  let stream;
  const close = () => {
    if (stream) stream.getTracks().forEach((track) => track.stop());
    view.remove();
    field.focus();
  };
  stop.addEventListener("click", close);
  addEventListener("keydown", (event) => { if (event.key === "Escape") close(); }, { once: true });
  stop.focus();
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  } catch {
    close();
    return;
  }
  video.srcObject = stream;
  await video.play();
  const look = async () => {
    if (!view.isConnected) return;
    const codes = await detector.detect(video).catch(() => []);
    if (codes.length === 0) {
      requestAnimationFrame(look);
      return;
    }
    field.value = meant(codes[0].rawValue);
    close();
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
    if (send) field.form.requestSubmit();
  };
  look();
}
