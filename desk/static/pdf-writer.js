// One PDF out of scanned pages (ISO 32000-2): each JPEG as it came, centred on an A4 sheet.

// ISO 216 at 72 points an inch.
const A4 = [595.28, 841.89];
const SPACES = { 1: "/DeviceGray", 3: "/DeviceRGB", 4: "/DeviceCMYK" };

/** A blob; `pages` are `{ blob, width, height, components, turn }`, `turn` in degrees clockwise. */
export function writePdf(pages) {
  const writer = new Writer();
  const kids = pages.map((_, index) => `${3 + 3 * index} 0 R`);
  writer.object(`<< /Type /Catalog /Pages 2 0 R >>`);
  writer.object(`<< /Type /Pages /Count ${pages.length} /Kids [${kids.join(" ")}] >>`);
  pages.forEach((page, index) => writePage(writer, page, 3 + 3 * index));
  return writer.end();
}

function writePage(writer, { blob, width, height, components, turn }, number) {
  const [sheetWidth, sheetHeight] = width > height ? [A4[1], A4[0]] : A4;
  const scale = Math.min(sheetWidth / width, sheetHeight / height);
  const [w, h] = [width * scale, height * scale];
  const place = [w, 0, 0, h, (sheetWidth - w) / 2, (sheetHeight - h) / 2].map((value) => value.toFixed(2)).join(" ");
  const content = `q ${place} cm /I Do Q`;
  writer.object(
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${sheetWidth} ${sheetHeight}] /Rotate ${turn} ` +
      `/Resources << /XObject << /I ${number + 2} 0 R >> >> /Contents ${number + 1} 0 R >>`,
  );
  writer.object(`<< /Length ${content.length} >>`, content, content.length);
  // A JPEG of four components is Adobe's, which writes them inverted.
  const decode = components === 4 ? " /Decode [1 0 1 0 1 0 1 0]" : "";
  writer.object(
    `<< /Type /XObject /Subtype /Image /Width ${width} /Height ${height} /ColorSpace ${SPACES[components] ?? SPACES[3]} ` +
      `/BitsPerComponent 8${decode} /Filter /DCTDecode /Length ${blob.size} >>`,
    blob,
    blob.size,
  );
}

class Writer {
  constructor() {
    this.parts = [];
    this.length = 0;
    this.offsets = [];
    this.#add("%PDF-1.7\n%\xff\xff\xff\xff\n");
  }

  object(dictionary, stream, size) {
    this.offsets.push(this.length);
    this.#add(`${this.offsets.length} 0 obj\n${dictionary}\n`);
    if (stream !== undefined) {
      this.#add("stream\n");
      this.#add(stream, size);
      this.#add("\nendstream\n");
    }
    this.#add("endobj\n");
  }

  end() {
    const start = this.length;
    const entries = this.offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`);
    const count = this.offsets.length + 1;
    this.#add(`xref\n0 ${count}\n0000000000 65535 f \n${entries.join("")}`);
    this.#add(`trailer\n<< /Size ${count} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`);
    return new Blob(this.parts, { type: "application/pdf" });
  }

  #add(part, size = part.length) {
    // Byte for character: a blob would make two bytes of each high one.
    this.parts.push(typeof part === "string" ? Uint8Array.from(part, (letter) => letter.charCodeAt(0)) : part);
    this.length += size;
  }
}
