// What a file is, from its bytes, and whether it may be given to the resident.

import { isDrawable, isPng, jpegFacts, pngFacts } from "./check-image.js";
import { isPdf, pdfRefusal } from "./check-pdf.js";
import { MOST_BYTES } from "./papers-wire.js";

/** `{ media, bytes, reason }`: an empty reason lets it go; the others are the wire's. */
export async function checkDocument(file) {
  if (file.size > MOST_BYTES) return { reason: "too-large" };
  let bytes;
  try {
    bytes = new Uint8Array(await file.arrayBuffer());
  } catch {
    return { reason: "unreadable" };
  }
  if (isPdf(bytes)) return { media: "application/pdf", bytes, reason: await pdfRefusal(bytes) };
  if (isPng(bytes)) return image("image/png", bytes, pngFacts(bytes));
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return image("image/jpeg", bytes, jpegFacts(bytes));
  return { reason: "not-supported" };
}

async function image(media, bytes, facts) {
  if (!facts) return { reason: "broken" };
  if (!isDrawable(facts)) return { reason: "page-too-large" };
  return { media, bytes, reason: (await decodes(media, bytes)) ? "" : "broken" };
}

async function decodes(media, bytes) {
  try {
    const picture = await createImageBitmap(new Blob([bytes], { type: media }), { resizeWidth: 64 });
    picture.close();
    return true;
  } catch {
    return false;
  }
}
