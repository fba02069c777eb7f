// Judges a paper's digits in the browser as desk/rules/verdict.py does, from the keys in the page, without any network.
// Runs in one module with noble-ed25519.js, whose `verifyAsync` stands in where WebCrypto knows no Ed25519.

const SIGNED = 236, SHORT = 22, BODY = 33;
const KINDS = ["", "slip", "supplement", "refusal", "apology", "stop", "result_receipt", "other"];
const FIRST_MS = Date.UTC(2020, 0, 1), MINUTE_MS = 60000, DAY_MS = 86400000;

// --- digits: desk/rules/layout_digits.py

const SHAPES = { "a\u0306": "1", "a\u0302": "2", "e\u0302": "3", "o\u0302": "4" };
const MARKS = { "\u0300": "5", "\u0309": "6", "\u0303": "7", "\u0301": "8", "\u0323": "9" };
const isAscii = (text) => !/[^\x00-\x7f]/.test(text);

function keysOf(group) {
  if (isAscii(group)) return group;
  const [first, ...after] = [...group];
  const [letter, ...own] = [...first.normalize("NFD")];
  const marks = [...own, ...after];
  if (/[\u0300-\u036f]/.test(letter)) return [letter, ...marks].map((mark) => MARKS[mark] ?? mark).join("");
  if (letter === "đ" || letter === "Đ") return "0" + marks.map((mark) => MARKS[mark] ?? mark).join("");
  for (const [place, mark] of marks.entries()) {
    const key = SHAPES[letter.toLowerCase() + mark];
    if (key !== undefined) {
      return key + marks.filter((_, at) => at !== place).map((other) => MARKS[other] ?? other).join("");
    }
  }
  return (letter + marks.map((mark) => MARKS[mark] ?? mark).join("")).normalize("NFC");
}

function digitsBack(text) {
  if (isAscii(text)) return text;
  return (text.match(/[^\u0300-\u036f]?[\u0300-\u036f]*/gu) ?? []).map(keysOf).join("");
}

function lastRun(text) {
  const tail = text.slice(text.lastIndexOf("/") + 1).trim();
  if (/^[0-9]+(?: [0-9]+)+$/.test(tail)) return tail.replaceAll(" ", "");
  return (tail.match(/[0-9]+/g) ?? []).at(-1) ?? "";
}

function readDigits(text) {
  const plain = lastRun(text);
  if (plain.length === SIGNED || plain.length === SHORT || isAscii(text)) return plain;
  const back = lastRun(digitsBack(text));
  return back.length === SIGNED || back.length === SHORT ? back : plain;
}

function hasRightCheck(digits) {
  const rest = (BigInt(digits.slice(0, -2)) * 100n) % 97n;
  return digits.slice(-2) === String(98n - rest).padStart(2, "0");
}

// --- the 97 bytes: desk/rules/proof.py

const bytesOf = (hex) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));
const whole = (hex, from, to) => BigInt("0x" + hex.slice(2 * from, 2 * to));

function opened(digits) {
  const number = BigInt(digits.slice(0, -2));
  if (number >> 776n) return null;
  const hex = number.toString(16).padStart(194, "0");
  const head = parseInt(hex.slice(0, 2), 16);
  const days = Number(whole(hex, 13, 15)), serial = Number(whole(hex, 15, 18));
  const minutes = whole(hex, 21, 28);
  const kind = KINDS[(head >> 1) & 7];
  if (head >> 4 !== 1 || !kind || minutes >> 54n || days > 0 !== serial > 0) return null;
  const due = Number(minutes & ((1n << 27n) - 1n));
  return {
    kind,
    practice: (head & 1) === 1,
    keyId: hex.slice(2, 10),
    day: days ? new Date(FIRST_MS + days * DAY_MS).toISOString().slice(2, 10).replaceAll("-", "") : "",
    serial,
    acceptedMs: FIRST_MS + Number(minutes >> 27n) * MINUTE_MS,
    dueMs: due ? FIRST_MS + due * MINUTE_MS : null,
    copy: parseInt(hex.slice(56, 58), 16),
    body: bytesOf(hex.slice(0, 2 * BODY)),
    signature: bytesOf(hex.slice(2 * BODY)),
  };
}

// --- the signature

const BASE_POINT = bytesOf("58" + "66".repeat(31)); // a valid key, to ask whether WebCrypto knows Ed25519

/** Return "webcrypto", "script" (noble-ed25519), or "" where this browser can prove nothing. */
async function engine() {
  const subtle = globalThis.crypto?.subtle;
  if (!subtle) return ""; // a page without HTTPS has none, and then no SHA-512 either
  try {
    await subtle.importKey("raw", BASE_POINT, { name: "Ed25519" }, false, ["verify"]);
    return "webcrypto";
  } catch {
    return "script";
  }
}

async function isSignedBy(publicHex, paper, by) {
  const key = bytesOf(publicHex);
  try {
    if (by === "script") return await verifyAsync(paper.signature, paper.body, key, { zip215: false });
    const imported = await crypto.subtle.importKey("raw", key, { name: "Ed25519" }, false, ["verify"]);
    return await crypto.subtle.verify({ name: "Ed25519" }, imported, paper.signature, paper.body);
  } catch {
    return false;
  }
}

// --- the verdict: desk/rules/verdict.py

const hostOf = (text) => text.match(/^\s*https?:\/\/([^/\s]+)\//i)?.[1].toLowerCase() ?? "";

function otherHost(text, ours) {
  const said = hostOf(digitsBack(text));
  return said === hostOf(ours) ? "" : said;
}

/** Return {word, why, paper, key, code, otherHost}; word is null where this browser can prove nothing. */
async function judge(text, data, by) {
  const digits = readDigits(text);
  const found = { word: "not_ours", why: "", paper: null, key: null, code: null };
  found.otherHost = otherHost(text, data.tracking_url);
  if (digits.length !== SHORT && digits.length !== SIGNED) return { ...found, why: "no_digits" };
  if (!hasRightCheck(digits)) return { ...found, word: "altered", why: "check_digits" };
  if (digits.length === SHORT) return { ...found, why: "number" };
  const paper = opened(digits);
  if (paper === null) return { ...found, why: "layout" };
  found.paper = paper;
  const named = data.keys.filter((key) => key.id === paper.keyId);
  if (named.length && !by) return { ...found, word: null };
  for (const key of named) {
    if (await isSignedBy(key.public, paper, by)) return { ...found, ...ofKey(paper, key), key };
  }
  if (named.length) return { ...found, word: "altered", why: "signature" };
  return { ...found, word: paper.practice ? "practice" : "unknown_key", why: "key" };
}

function ofKey(paper, key) {
  const code = paper.day ? `${key.agency_code}-${paper.day}-${String(paper.serial).padStart(4, "0")}` : null;
  if (paper.practice) return { word: "practice", code };
  if (key.practice) return { word: "altered", why: "practice_key", code };
  if (key.revoked_ms !== null && paper.acceptedMs > key.revoked_ms) return { word: "unknown_key", why: "revoked", code };
  return { word: "genuine", code };
}

// --- the page

function moment(ms) {
  const at = new Date(ms + 7 * 60 * MINUTE_MS).toISOString(); // the office's day is always +07:00
  return `${at.slice(11, 16)}, ${at.slice(8, 10)}/${at.slice(5, 7)}/${at.slice(0, 4)}`;
}

const filled = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (_, name) => values[name]);

function sentences(verdict, words) {
  const { paper, key } = verdict;
  const said = [verdict.word === null ? words.cannot : words[verdict.word]];
  if (words[`why_${verdict.why}`]) said.push(words[`why_${verdict.why}`]);
  if (key) {
    said.push(filled(words.issued_by, { unit: key.unit }), words[`kind_${paper.kind}`]);
    if (verdict.code) said.push(filled(words.code, { code: verdict.code }));
    said.push(filled(words.accepted, { at: moment(paper.acceptedMs) }));
    if (paper.dueMs !== null) said.push(filled(words.due, { at: moment(paper.dueMs) }));
    if (paper.copy > 1) said.push(filled(words.copy, { copy: paper.copy }));
  }
  if (verdict.word === "genuine") said.push(words.only_paper);
  if (verdict.otherHost) said.push(filled(words.other_host, { host: verdict.otherHost }));
  return said;
}

function show(verdict, data, place) {
  place.className = verdict.word ?? "cannot";
  place.replaceChildren(
    ...Object.entries(data.words).map(([lang, words]) => {
      const part = document.createElement("div");
      part.lang = lang;
      part.append(
        ...sentences(verdict, words).map((sentence, place) => {
          const line = document.createElement(place ? "p" : "h2");
          line.textContent = sentence;
          return line;
        }),
      );
      return part;
    }),
  );
  place.dataset.word = verdict.word ?? "";
  place.dataset.why = verdict.why;
}

async function begin() {
  const field = document.getElementById("digits"), place = document.getElementById("verdict");
  if (!field) return;
  const data = JSON.parse(document.getElementById("data").textContent);
  data.tracking_url ||= location.origin + "/t/"; // a center that was told no other address
  const by = await engine();
  let asked = 0;
  const prove = async () => {
    const mine = ++asked;
    const verdict = await judge(field.value, data, by);
    if (mine === asked) show(verdict, data, place); // a newer question came while this one was reckoned
  };
  const given = () => {
    const digits = location.hash.slice(1); // what stands behind # is never sent to anybody
    if (digits) {
      field.value = digits;
      prove();
    }
  };
  document.getElementById("prove").addEventListener("click", prove);
  field.addEventListener("input", () => [SIGNED, SHORT].includes(readDigits(field.value).length) && prove());
  addEventListener("hashchange", given);
  place.dataset.engine = by;
  given();
}

globalThis.paperProof = { judge, engine };
if (globalThis.document) begin();
