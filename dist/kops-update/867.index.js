export const id = 867;
export const ids = [867];
export const modules = {

/***/ 1560:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   BT: () => (/* binding */ BUILT),
/* harmony export */   Os: () => (/* binding */ errorAt),
/* harmony export */   Un: () => (/* binding */ RENDERED),
/* harmony export */   Vb: () => (/* binding */ nameOf)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9973);

/** An error about a place in the workspace: the place begins the message, and GitHub shows it on that line. */
function errorAt(place, problem, options = {}) {
    const { hint, ...rest } = options;
    const message = `${nameOf(place)}: ${problem}`;
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .GitOpsError */ .$(message, {
        ...rest,
        ...(hint === undefined ? {} : { hint }),
        annotations: [{ place: onDisk(place), message: [message, ...(options.details ?? [])].join('\n') }]
    });
}
/** `file:line:column`, as far as known. */
function nameOf({ file, line, column }) {
    return [file, line, column].filter((part) => part !== undefined).join(':');
}
/** Marks the lines of what a template renders or a kustomization builds, which are no lines of a file. */
const RENDERED = ' (rendered)';
const BUILT = ' (built)';
function onDisk(place) {
    const marked = [RENDERED, BUILT].find((mark) => place.file.endsWith(mark));
    return marked === undefined ? place : { file: place.file.slice(0, -marked.length) };
}


/***/ }),

/***/ 3539:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Z: () => (/* binding */ splitDocuments)
/* harmony export */ });
/**
 * Cuts a stream where kubectl does (apimachinery `YAMLReader`): at every line that begins with `---`, whatever the
 * YAML context, before anything is parsed. A separator before which nothing stands belongs to the chunk it opens, as
 * in the original. Blank chunks are left out.
 */
function splitDocuments(source) {
    let text = source.includes('\r\n') ? source.replaceAll('\r\n', '\n') : source;
    if (!text.endsWith('\n'))
        text += '\n';
    const chunks = [];
    let start = 0;
    let line = 1;
    const push = (end) => {
        const chunk = text.slice(start, end);
        if (chunk.trim() !== '')
            chunks.push({ text: chunk, line });
        // Behind the last one nothing is counted any more.
        if (end < text.length)
            line += countLineEnds(chunk);
    };
    for (let at = nextSeparator(text, 0); at >= 0; at = nextSeparator(text, text.indexOf('\n', at) + 1)) {
        const next = text.indexOf('\n', at) + 1;
        const rest = text.slice(at + 3, next).trim();
        if (rest !== '' && !rest.startsWith('#')) {
            push(at);
            return { chunks, badSeparator: line };
        }
        if (at === start)
            continue;
        push(at);
        start = next;
        line++;
    }
    push(text.length);
    return { chunks };
}
/** Offset of the next line that begins with `---`, `from` being the start of a line; -1 when there is none. */
function nextSeparator(text, from) {
    if (text.startsWith('---', from))
        return from;
    const found = text.indexOf('\n---', from);
    return found < 0 ? -1 : found + 1;
}
function countLineEnds(text) {
    let count = 0;
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1))
        count++;
    return count;
}


/***/ }),

/***/ 867:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  g: () => (/* binding */ decodeText),
  P: () => (/* binding */ readYaml)
});

// EXTERNAL MODULE: ./src/json.js
var json = __webpack_require__(124);
// EXTERNAL MODULE: ./src/render/placed.js
var placed = __webpack_require__(1560);
// EXTERNAL MODULE: ./src/render/yaml/documents.js
var yaml_documents = __webpack_require__(3539);
;// CONCATENATED MODULE: ./src/render/yaml/explain.js

/** A document's error as a person reads it: file:line:column, what is wrong, and what is usually behind it. */
function explain(error, excerpt) {
    const { line, column } = placeOf(error.offset, excerpt);
    const context = error.context ? placeOf(error.context.offset, excerpt) : undefined;
    const where = context && error.context && context.line !== line ? ` (${error.context.words}, line ${context.line})` : '';
    return (0,placed/* errorAt */.Os)({ file: excerpt.file, line, column }, `${error.message}${where}.`, {
        hint: hintFor(error.message, excerpt.text, error.offset),
        cause: error
    });
}
function placeOf(offset, { text, line }) {
    const before = text.slice(0, offset);
    const lineStart = before.lastIndexOf('\n') + 1;
    return { line: line + before.split('\n').length - 1, column: offset - lineStart + 1 };
}
function hintFor(problem, text, offset) {
    const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
    const line = text.slice(lineStart).split('\n', 1)[0] ?? '';
    const character = text.charAt(offset);
    if (line.includes('{{'))
        return 'This looks like a template. Give its chart to Helm, or keep it out of the directory of manifests.';
    if (/^ *\t/.test(line) || character === '\t')
        return 'YAML is indented by spaces: replace the tab.';
    if (problem.startsWith('found character'))
        return `A value that begins with ${character} must stand in quotes.`;
    if (problem.startsWith('mapping values'))
        return 'Quote the value if the colon belongs to it; otherwise check the indentation of this line and the one before.';
    if (problem.startsWith('did not find expected key') || problem.startsWith("did not find expected '-'"))
        return 'Check the indentation of this line and of the lines before it.';
    if (problem.startsWith('the document ends'))
        return character === ':'
            ? 'A colon needs a space behind it.'
            : 'Check the indentation: all keys of the outermost level begin in the same column. Documents are separated by ---.';
    if (problem.startsWith('could not find expected'))
        return 'Every line of a mapping needs a key, a colon and a space.';
    if (problem.startsWith('found unexpected end'))
        return 'The quote that begins here is never closed.';
    return undefined;
}

;// CONCATENATED MODULE: ./src/render/yaml/tokens.js
/** The tokens of libyaml that kubectl's streams can hold. */
const Token = {
    STREAM_END: 0,
    DIRECTIVE: 1,
    DOCUMENT_START: 2,
    DOCUMENT_END: 3,
    BLOCK_SEQUENCE_START: 4,
    BLOCK_MAPPING_START: 5,
    BLOCK_END: 6,
    FLOW_SEQUENCE_START: 7,
    FLOW_SEQUENCE_END: 8,
    FLOW_MAPPING_START: 9,
    FLOW_MAPPING_END: 10,
    BLOCK_ENTRY: 11,
    FLOW_ENTRY: 12,
    KEY: 13,
    VALUE: 14,
    ALIAS: 15,
    ANCHOR: 16,
    TAG: 17,
    PLAIN: 18,
    QUOTED: 19
};
/** What is wrong with a document, at an offset of its text. Holds no value of the document: it may be a Secret's. */
class DocumentError extends Error {
    offset;
    /** Where the thing began that was being read, or the other one of two that clash. */
    context;
    constructor(message, offset, context) {
        super(message);
        this.offset = offset;
        this.context = context;
    }
}

;// CONCATENATED MODULE: ./src/render/yaml/anchors.js

// decode.go: how much of a document may come from aliases before it counts as an attack.
const ALIAS_RATIO_LOW = 400_000;
const ALIAS_RATIO_HIGH = 4_000_000;
/** The anchors of a document, and the count of nodes that keeps aliases from blowing it up. */
class Anchors {
    #named = new Map();
    #nodes = 0;
    #copied = 0;
    set(name, anchor) {
        this.#named.set(name, anchor);
    }
    /** The anchored node with a value of its own, so that no two places of an object share what a later step may change. */
    resolve(name, start) {
        const anchor = this.#named.get(name);
        if (anchor === undefined)
            throw new DocumentError('the alias names no anchor before it', start);
        if (anchor.value === undefined)
            throw new DocumentError('the anchor contains itself', start);
        return { ...anchor, value: this.#copy(anchor.value, start) };
    }
    countNode(start) {
        this.#nodes++;
        if (this.#copied <= 100 || this.#nodes <= 1000)
            return;
        const beyond = Math.min(Math.max(this.#nodes - ALIAS_RATIO_LOW, 0) / (ALIAS_RATIO_HIGH - ALIAS_RATIO_LOW), 1);
        if (this.#copied / this.#nodes > 0.99 - 0.89 * beyond)
            throw new DocumentError('too much of the document comes from aliases', start);
    }
    #copy(value, start) {
        this.#copied++;
        this.countNode(start);
        if (Array.isArray(value))
            return value.map((item) => this.#copy(item, start));
        if (typeof value !== 'object' || value === null)
            return value;
        const copy = {};
        for (const [key, child] of Object.entries(value))
            anchors_assign(copy, key, this.#copy(child, start));
        return copy;
    }
}
/** Sets a key, `__proto__` too: a plain assignment of that would set the prototype. */
function anchors_assign(target, key, value) {
    if (key !== '__proto__')
        target[key] = value;
    else
        Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true });
}

;// CONCATENATED MODULE: ./src/render/yaml/mapping.js


/** A duplicate key; parsing again with `rememberKeys` tells where the first one is. */
class DuplicateKeyError extends DocumentError {
}
/** A mapping while it is being read. */
class Mapping {
    value = {};
    /** The keys that were written here, as soon as others came in by merging. */
    #written;
    #places;
    /** @param rememberKeys so that a duplicate can name the place of the first one */
    constructor(rememberKeys) {
        this.#places = rememberKeys ? new Map() : undefined;
    }
    /** @throws DuplicateKeyError */
    put(key, value, start) {
        // Only merging makes a key that is there already a legitimate one.
        if (this.#written?.has(key) ?? Object.hasOwn(this.value, key)) {
            const first = this.#places?.get(key);
            const context = first === undefined ? undefined : { words: 'the first one is', offset: first };
            throw new DuplicateKeyError(`duplicate key ${JSON.stringify(key)}`, start, context);
        }
        this.#written?.add(key);
        this.#places?.set(key, start);
        anchors_assign(this.value, key, value);
    }
    /** `<<: value`, where it stands: as in go-yaml v2, keys written before it are overwritten, keys after it win. */
    merge(value, kind, start) {
        this.#written ??= new Set(Object.keys(this.value));
        // Of a list the first one wins. An alias must name a mapping.
        const sources = Array.isArray(value) && kind !== 'alias' ? value.toReversed() : [value];
        for (const source of sources) {
            if (typeof source !== 'object' || source === null || Array.isArray(source))
                throw new DocumentError('"<<" merges a mapping or a list of mappings only', start);
            for (const [key, child] of Object.entries(source))
                anchors_assign(this.value, key, child);
        }
    }
}

;// CONCATENATED MODULE: ./src/render/yaml/scalars.js
/**
 * Scalars as kubectl reads them: `resolve` of go-yaml v2 (go.yaml.in/yaml/v2 2.4.3, resolve.go), which is YAML 1.1
 * with Go's number syntax. Differences to other readers that matter: `0644` and `0o644` are 420, `08` is 8, `yes`, `on`
 * and `y` are true, `1_000` is 1000, `1e400` and `0x1p4` are strings, base 60 does not exist, timestamps and `=`
 * are strings.
 */
const KEYWORDS = new Map([
    ...words(true, 'y Y yes Yes YES true True TRUE on On ON'),
    ...words(false, 'n N no No NO false False FALSE off Off OFF'),
    ...words(null, '~ null Null NULL'),
    ...words(Number.NaN, '.nan .NaN .NAN'),
    ...words(Number.POSITIVE_INFINITY, '.inf .Inf .INF +.inf +.Inf +.INF'),
    ...words(Number.NEGATIVE_INFINITY, '-.inf -.Inf -.INF')
]);
function words(value, list) {
    return list.split(' ').map((word) => [word, value]);
}
const INT64_MAX = 2n ** 63n - 1n;
const INT64_MIN = -(2n ** 63n);
const UINT64_MAX = 2n ** 64n - 1n;
const SHORT_INTEGER = /^(?:0|[1-9][0-9]{0,14})$/;
// strconv.ParseInt(text, 0, 64): Go's integer literals, a bare leading 0 being octal.
const INTEGER = /^([-+]?)(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|0|[1-9][0-9]*)$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
// strconv.ParseFloat(text, 64) of what begins with a point: there, underscores stand between digits only.
const POINT_FLOAT = /^\.[0-9]+(?:_[0-9]+)*(?:[eE][-+]?[0-9]+(?:_[0-9]+)*)?$/;
/**
 * The value of a plain scalar without a tag. `NaN` and infinities are returned as such; JSON has none, so the caller
 * refuses them. Integers of int64 that a double cannot hold are `bigint`; larger ones are doubles, as for kubectl.
 */
function resolvePlain(text) {
    const first = text.charCodeAt(0);
    // 0-9 + - are numbers at most; . a number or one of the keywords; letters that begin no keyword are strings.
    if (first >= 0x30 && first <= 0x39)
        return resolveNumber(text) ?? text;
    if (first === 0x2b || first === 0x2d)
        return KEYWORDS.get(text) ?? resolveNumber(text) ?? text;
    if (first === 0x2e)
        return KEYWORDS.get(text) ?? (POINT_FLOAT.test(text) ? finite(Number(text.replaceAll('_', ''))) : undefined) ?? text;
    if (text === '')
        return null;
    if (text.length > 5)
        return text;
    const keyword = KEYWORDS.get(text);
    return keyword === undefined ? text : keyword;
}
function resolveNumber(text) {
    if (SHORT_INTEGER.test(text))
        return Number(text);
    const plain = text.includes('_') ? text.replaceAll('_', '') : text;
    const integer = INTEGER.exec(plain);
    if (integer) {
        const value = int64OrUint64(integer[1] ?? '', integer[2] ?? '');
        if (value !== undefined)
            return narrow(value);
    }
    // Integers that fit no 64 bits are floats if they look decimal (also with a leading 0), else strings.
    return FLOAT.test(plain) ? finite(Number(plain)) : undefined;
}
function int64OrUint64(sign, digits) {
    const magnitude = BigInt(/^0[0-7]/.test(digits) ? `0o${digits.slice(1)}` : digits.toLowerCase());
    const value = sign === '-' ? -magnitude : magnitude;
    if (value >= INT64_MIN && value <= INT64_MAX)
        return value;
    return sign === '' && value <= UINT64_MAX ? value : undefined;
}
/** An integer as Kubernetes keeps it: int64, else a double. */
function narrow(value) {
    const number = Number(value);
    if (Number.isSafeInteger(number))
        return number;
    return value >= INT64_MIN && value <= INT64_MAX ? value : number;
}
/** strconv.ParseFloat refuses what no double can hold. */
function finite(value) {
    return Number.isFinite(value) ? value : undefined;
}
const YAML_TAG = 'tag:yaml.org,2002:';
/**
 * The value of a scalar with an explicit tag, or undefined when the text is none of that type. Tags that YAML 1.1 does
 * not define leave the text as it is, as go-yaml does.
 */
function resolveTagged(tag, text) {
    switch (tag) {
        case `${YAML_TAG}str`:
            return text;
        case `${YAML_TAG}binary`:
            return decodeBase64(text);
        case `${YAML_TAG}null`:
            return resolvePlain(text) === null ? null : undefined;
        case `${YAML_TAG}bool`: {
            const value = resolvePlain(text);
            return typeof value === 'boolean' ? value : undefined;
        }
        case `${YAML_TAG}int`: {
            const value = resolvePlain(text);
            return isInteger(text, value) ? value : undefined;
        }
        case `${YAML_TAG}float`: {
            const value = resolvePlain(text);
            if (typeof value === 'bigint')
                return Number(value);
            return typeof value === 'number' ? value : undefined;
        }
        case `${YAML_TAG}timestamp`:
            return /^\d{4}-\d{1,2}-\d{1,2}(?:$|[Tt ]\d{1,2}:)/.test(text) ? text : undefined;
        default:
            return text;
    }
}
/** Whether go-yaml resolves the text to an integer type: `1e3` and `1.0` are floats. */
function isInteger(text, value) {
    if (typeof value === 'bigint')
        return true;
    return typeof value === 'number' && INTEGER.test(text.replaceAll('_', '')) && value <= Number(UINT64_MAX);
}
/** base64.StdEncoding: padded, line breaks allowed, nothing else; bytes that are no UTF-8 become U+FFFD (encoding/json). */
function decodeBase64(text) {
    const compact = text.replace(/[\r\n]/g, '');
    if (compact.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(compact))
        return undefined;
    return Buffer.from(compact, 'base64').toString('utf8');
}
/**
 * A scalar key as JSON has it (sigs.k8s.io/yaml `convertToJSONableObject`), from its value and the text it was
 * written as; undefined for what may be no key (null, integers beyond int64).
 */
function keyText(value, text) {
    if (typeof value === 'number') {
        if (!INTEGER.test(text.replaceAll('_', '')))
            return floatKey(value);
        return Number.isSafeInteger(value) ? String(value) : undefined;
    }
    if (typeof value === 'string')
        return value;
    return typeof value === 'boolean' || typeof value === 'bigint' ? String(value) : undefined;
}
/** Go's `strconv.FormatFloat(value, 'g', -1, 32)`: the fewest digits that give the same float32. */
function floatKey(value) {
    if (Number.isNaN(value))
        return '.nan';
    const single = Math.fround(value);
    if (!Number.isFinite(single))
        return single < 0 ? '-.inf' : '.inf';
    const shortest = shortestSingle(single);
    const [mantissa = '0', exponentText = '0'] = shortest.split('e');
    const exponent = Number(exponentText);
    // ftoa.go: the shortest form has an exponent below 1e-4 and from 1e+06 on.
    if (exponent >= -4 && exponent < 6)
        return Object.is(single, -0) ? '-0' : String(Number(shortest));
    return `${mantissa}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}
function shortestSingle(single) {
    for (let digits = 0; digits < 9; digits++) {
        const candidate = single.toExponential(digits);
        if (Math.fround(Number(candidate)) === single)
            return candidate;
    }
    return single.toExponential();
}

;// CONCATENATED MODULE: ./src/render/yaml/json.js




/** A number that no double can hold: the API server refuses it, and JavaScript would make it null. */
class NumberRangeError extends DocumentError {
}
/**
 * Reads a stream of JSON values (`{…}{…}`), as kubectl reads a file whose first character is `{`. Duplicate keys are
 * errors. Integers beyond int64 become doubles, as in the API machinery.
 * @throws DocumentError when it is no JSON; the caller may try it as YAML
 */
function readJsonStream(text) {
    const values = [];
    let at = skipSpace(text, 0);
    while (at < text.length) {
        const items = [];
        const end = endOfValue(text, at, 0, items);
        values.push({ value: parse(text, at, end), start: at, items });
        at = skipSpace(text, end);
    }
    return values;
}
function parse(text, start, end) {
    const slice = text.slice(start, end);
    try {
        const value = (0,json/* parseJson */.qF)(slice);
        return /\d{16}|\\u[dD][89a-fA-F]/.test(slice) ? normalise(value) : value;
    }
    catch (error) {
        const position = /position (\d+)/.exec(error instanceof Error ? error.message : '');
        throw new DocumentError('this is no valid JSON', start + Number(position?.[1] ?? 0));
    }
}
/** Numbers and strings as Go's decoder has them: int64 or double; a lone surrogate is U+FFFD. */
function normalise(value) {
    if (typeof value === 'bigint')
        return narrow(value);
    if (typeof value === 'string')
        return value.toWellFormed();
    if (Array.isArray(value))
        return value.map(normalise);
    if (typeof value !== 'object' || value === null)
        return value;
    return Object.fromEntries(Object.entries(value).map(([key, child]) => [key.toWellFormed(), normalise(child)]));
}
const SPACE = /[ \t\r\n]*/y;
function skipSpace(text, from) {
    SPACE.lastIndex = from;
    SPACE.test(text);
    return SPACE.lastIndex;
}
const LITERAL = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?)(?![\w.+-])/y;
/** As in YAML: real objects stay far below. */
const MAX_DEPTH = 1000;
/**
 * The end of the value at `at`. Walks through it, since the parser of the language says neither where an error is nor that
 * a key is a duplicate. What is inside of strings is left to that.
 */
function endOfValue(text, at, depth, items) {
    if (depth > MAX_DEPTH)
        throw new DocumentError('the document is nested too deeply', at);
    switch (text[at]) {
        case '{':
            return endOfObject(text, at, depth, items);
        case '[':
            return endOfItems(text, at, ']', (item) => {
                if (depth === 1)
                    items?.push(item);
                return endOfValue(text, item, depth + 1);
            });
        case '"':
            return endOfString(text, at);
    }
    LITERAL.lastIndex = at;
    if (!LITERAL.test(text))
        throw invalid(text, at);
    // Shorter ones without an exponent are in range.
    const literal = text.slice(at, LITERAL.lastIndex);
    if ((literal.length > 300 || /[eE]\+?\d{3}/.test(literal)) && !Number.isFinite(Number(literal)))
        throw new NumberRangeError('the number is too large', at);
    return LITERAL.lastIndex;
}
/** @param items is given where the items of a List begin */
function endOfObject(text, start, depth, items) {
    const keys = new Map();
    return endOfItems(text, start, '}', (at) => {
        if (text[at] !== '"')
            throw invalid(text, at);
        const end = endOfString(text, at);
        addKey(keys, text.slice(at, end), at);
        const colon = skipSpace(text, end);
        if (text[colon] !== ':')
            throw invalid(text, colon);
        const isItems = text.slice(at, end) === '"items"';
        return endOfValue(text, skipSpace(text, colon + 1), depth + 1, isItems ? items : undefined);
    });
}
/** Items with commas between them, up to the closing bracket. */
function endOfItems(text, start, bracket, endOfItem) {
    let at = skipSpace(text, start + 1);
    if (text[at] === bracket)
        return at + 1;
    for (;;) {
        at = skipSpace(text, endOfItem(at));
        if (text[at] === bracket)
            return at + 1;
        if (text[at] !== ',')
            throw invalid(text, at);
        at = skipSpace(text, at + 1);
    }
}
function endOfString(text, start) {
    for (let at = text.indexOf('"', start + 1); at >= 0; at = text.indexOf('"', at + 1)) {
        let backslashes = 0;
        while (text[at - 1 - backslashes] === '\\')
            backslashes++;
        if (backslashes % 2 === 0)
            return at + 1;
    }
    throw new DocumentError('the string has no end', start);
}
function invalid(text, at) {
    return new DocumentError(at < text.length ? 'this is no valid JSON' : 'the JSON ends early', at);
}
function addKey(keys, quoted, at) {
    const key = quoted.includes('\\') ? unquote(quoted, at) : quoted.slice(1, -1);
    const first = keys.get(key);
    if (first !== undefined)
        throw new DuplicateKeyError(`duplicate key ${JSON.stringify(key)}`, at, {
            words: 'the first one is',
            offset: first
        });
    keys.set(key, at);
}
function unquote(quoted, at) {
    try {
        return String((0,json/* parseJson */.qF)(quoted));
    }
    catch {
        throw new DocumentError('the key is no valid JSON string', at);
    }
}

;// CONCATENATED MODULE: ./src/render/yaml/characters.js
// Ported from go-yaml v2, which ported it from libyaml: see LICENSE.libyaml.
/** Character codes and classes of libyaml (yamlprivateh.go). A NUL ends the text; the reader lets no other one in. */
const TAB = 0x09;
const LF = 0x0a;
const CR = 0x0d;
const characters_SPACE = 0x20;
const DOUBLE_QUOTE = 0x22;
const HASH = 0x23;
const PERCENT = 0x25;
const AMPERSAND = 0x26;
const SINGLE_QUOTE = 0x27;
const ASTERISK = 0x2a;
const PLUS = 0x2b;
const COMMA = 0x2c;
const DASH = 0x2d;
const DOT = 0x2e;
const COLON = 0x3a;
const GREATER = 0x3e;
const QUESTION = 0x3f;
const AT = 0x40;
const BRACKET_OPEN = 0x5b;
const BACKSLASH = 0x5c;
const BRACKET_CLOSE = 0x5d;
const BACKTICK = 0x60;
const BRACE_OPEN = 0x7b;
const PIPE = 0x7c;
const BRACE_CLOSE = 0x7d;
const EXCLAMATION = 0x21;
/** CR, LF and the breaks of YAML 1.1: NEL, LS, PS. */
function isBreak(code) {
    return code === LF || code === CR || code === 0x85 || code === 0x2028 || code === 0x2029;
}
/** Space or tab. */
function isBlank(code) {
    return code === characters_SPACE || code === TAB;
}
/** Blank, break or the end. */
function isBlankOrEnd(code) {
    return code === characters_SPACE || code === LF || code === 0 || code === TAB || isBreak(code);
}
function isBreakOrEnd(code) {
    return code === LF || code === 0 || isBreak(code);
}
/** What ends a plain scalar in a flow collection: `,` `?` `[` `]` `{` `}`. */
function isFlowIndicator(code) {
    return (code === COMMA ||
        code === QUESTION ||
        code === BRACKET_OPEN ||
        code === BRACKET_CLOSE ||
        code === BRACE_OPEN ||
        code === BRACE_CLOSE);
}

;// CONCATENATED MODULE: ./src/render/yaml/cursor.js

/** A place in the text of a document, and what the scanner knows there. */
class Cursor {
    text;
    position = 0;
    /** Offset of the current line's first character: the column is `position - lineStart`. */
    lineStart = 0;
    /** The current block indentation, -1 outside of any. */
    indent = -1;
    flowLevel = 0;
    /** @param text without a NUL */
    constructor(text) {
        this.text = `${text}\0\0\0\0`;
        if (text.charCodeAt(0) === 0xfeff)
            this.position = this.lineStart = 1;
    }
    get column() {
        return this.position - this.lineStart;
    }
    code(ahead = 0) {
        return this.text.charCodeAt(this.position + ahead);
    }
    /** `---` or `...` at the start of a line. */
    atDocumentIndicator() {
        if (this.position !== this.lineStart)
            return false;
        const code = this.code();
        return ((code === DASH || code === DOT) && this.code(1) === code && this.code(2) === code && isBlankOrEnd(this.code(3)));
    }
    /** Consumes a line break and returns what it stands for in a scalar: LS and PS are kept, all others are LF. */
    readBreak() {
        const code = this.code();
        this.position += code === CR && this.code(1) === LF ? 2 : 1;
        this.lineStart = this.position;
        return code === 0x2028 || code === 0x2029 ? String.fromCharCode(code) : '\n';
    }
    skipComment() {
        while (!isBreakOrEnd(this.code()))
            this.position++;
    }
    /** The text that a sticky pattern matches here, consumed; empty when it does not match. */
    match(pattern) {
        pattern.lastIndex = this.position;
        const text = pattern.exec(this.text)?.[0] ?? '';
        this.position += text.length;
        return text;
    }
}

;// CONCATENATED MODULE: ./src/render/yaml/scalar-scanner.js
// Ported from go-yaml v2, which ported it from libyaml: see LICENSE.libyaml.



/**
 * The text of scalars, as libyaml scans it (go-yaml v2 2.4.3, scannerc.go).
 */
class ScalarScanner extends Cursor {
    /** Whether a key without `?` may begin here: at the start of a line, and behind what opens a node. */
    simpleKeyAllowed = true;
    scanPlain() {
        const start = this.position;
        const indent = this.indent + 1;
        let folded = '';
        let runStart = start;
        let runEnd = start;
        let breaks;
        while (!this.atDocumentIndicator() && this.code() !== HASH) {
            const before = this.position;
            this.#skipPlainRun();
            if (this.position > before) {
                if (breaks !== undefined) {
                    folded += this.text.slice(runStart, runEnd) + fold(breaks);
                    runStart = before;
                    breaks = undefined;
                }
                runEnd = this.position;
            }
            const code = this.code();
            if (!isBlank(code) && !isBreak(code))
                break;
            breaks = this.#skipPlainBlanks(indent, start);
            if (this.flowLevel === 0 && this.column < indent)
                break;
        }
        if (breaks !== undefined)
            this.simpleKeyAllowed = true;
        return folded + this.text.slice(runStart, runEnd);
    }
    /** Up to a blank, a break, the end, or an indicator that ends the scalar. */
    #skipPlainRun() {
        const text = this.text;
        const inFlow = this.flowLevel > 0;
        let at = this.position;
        for (let code = text.charCodeAt(at); !isBlankOrEnd(code); code = text.charCodeAt(++at)) {
            if (code === COLON && isBlankOrEnd(text.charCodeAt(at + 1)))
                break;
            if (inFlow && isFlowIndicator(code))
                break;
        }
        this.position = at;
    }
    #skipPlainBlanks(indent, start) {
        let breaks;
        for (let code = this.code();; code = this.code()) {
            if (isBlank(code)) {
                if (breaks !== undefined && code === TAB && this.column < indent)
                    throw new DocumentError('found a tab character that violates indentation', this.position, {
                        words: 'while scanning a plain scalar',
                        offset: start
                    });
                this.position++;
            }
            else if (isBreak(code))
                breaks = addBreak(breaks, this.readBreak());
            else
                return breaks;
        }
    }
    /** Scans a quoted scalar from its opening quote. */
    scanQuoted(quote) {
        const start = this.position++;
        let value = '';
        for (;;) {
            if (this.atDocumentIndicator())
                throw this.#inQuotes('found unexpected document indicator', this.position, start);
            if (this.code() === 0)
                throw this.#inQuotes('found unexpected end of stream', start, start);
            const run = this.#readQuotedRun(quote, start);
            value += run.text;
            if (this.code() === quote && !run.escapedBreak)
                break;
            value += this.#readQuotedBlanks(run.escapedBreak);
            if (this.code() === quote)
                break;
        }
        this.position++;
        return value;
    }
    /** Non-blank characters, up to the closing quote, a blank, or behind an escaped line break. */
    #readQuotedRun(quote, start) {
        let text = '';
        let from = this.position;
        for (let code = this.code(); !isBlankOrEnd(code) || code === characters_SPACE; code = this.code()) {
            // A blank within the line belongs to the text; one before a line break is dropped, which is decided below.
            if (code === characters_SPACE && isBlankOrEnd(this.code(1)))
                break;
            if (code === quote) {
                if (quote !== SINGLE_QUOTE || this.code(1) !== SINGLE_QUOTE)
                    break;
                text += `${this.text.slice(from, this.position)}'`;
                this.position += 2;
                from = this.position;
            }
            else if (code === BACKSLASH && quote === DOUBLE_QUOTE) {
                text += this.text.slice(from, this.position);
                if (isBreak(this.code(1))) {
                    this.position++;
                    this.readBreak();
                    return { text, escapedBreak: true };
                }
                text += this.#readEscape(start);
                from = this.position;
            }
            else
                this.position++;
        }
        return { text: text + this.text.slice(from, this.position), escapedBreak: false };
    }
    /** Blanks and line breaks inside quotes, folded. Blanks stay when no break is among them. */
    #readQuotedBlanks(afterEscapedBreak) {
        const from = this.position;
        let breaks = afterEscapedBreak ? { first: '', rest: '' } : undefined;
        for (let code = this.code();; code = this.code()) {
            if (isBlank(code))
                this.position++;
            else if (isBreak(code))
                breaks = addBreak(breaks, this.readBreak());
            else
                return breaks === undefined ? this.text.slice(from, this.position) : fold(breaks);
        }
    }
    #readEscape(start) {
        const character = this.text.charAt(this.position + 1);
        const length = ESCAPED_CODE_LENGTH[character];
        if (length === undefined) {
            const value = ESCAPES[character];
            if (value === undefined)
                throw this.#inQuotes('found unknown escape character', this.position, start);
            this.position += 2;
            return value;
        }
        const digits = this.text.slice(this.position + 2, this.position + 2 + length);
        const value = /^[0-9A-Fa-f]+$/.test(digits) && digits.length === length ? Number.parseInt(digits, 16) : -1;
        if (value < 0)
            throw this.#inQuotes('did not find expected hexadecimal number', this.position, start);
        if ((value >= 0xd800 && value <= 0xdfff) || value > 0x10ffff)
            throw this.#inQuotes('found invalid Unicode character escape code', this.position, start);
        this.position += 2 + length;
        return String.fromCodePoint(value);
    }
    #inQuotes(problem, offset, start) {
        return new DocumentError(problem, offset, { words: 'while scanning a quoted scalar', offset: start });
    }
    /** Scans a block scalar from its `|` or `>`. */
    scanBlock(literal) {
        const start = this.position++;
        const { chomping, increment } = this.#readBlockHeader(start);
        let indent = increment > 0 ? Math.max(this.indent, 0) + increment : 0;
        const scanned = this.#readBlockBreaks(indent, start);
        indent = scanned.indent;
        let trailing = scanned.breaks;
        let value = '';
        let leading = '';
        let leadingBlank = false;
        while (this.column === indent && this.code() !== 0) {
            const blank = isBlank(this.code());
            if (!literal && !leadingBlank && !blank && leading === '\n')
                value += trailing === '' ? ' ' : '';
            else
                value += leading;
            value += trailing;
            leadingBlank = blank;
            const from = this.position;
            this.skipComment();
            value += this.text.slice(from, this.position);
            leading = this.code() === 0 ? '' : this.readBreak();
            trailing = this.#readBlockBreaks(indent, start).breaks;
        }
        if (chomping === 'strip')
            return value;
        return chomping === 'keep' ? value + leading + trailing : value + leading;
    }
    #readBlockHeader(start) {
        let chomping = this.#readChomping();
        const digit = this.code() - 0x30;
        if (digit === 0)
            throw this.#inBlock('found an indentation indicator equal to 0', start);
        const increment = digit > 0 && digit <= 9 ? digit : 0;
        if (increment > 0) {
            this.position++;
            if (chomping === 'clip')
                chomping = this.#readChomping();
        }
        while (isBlank(this.code()))
            this.position++;
        if (this.code() === HASH)
            this.skipComment();
        if (!isBreakOrEnd(this.code()))
            throw this.#inBlock('did not find expected comment or line break', start);
        if (this.code() !== 0)
            this.readBreak();
        return { chomping, increment };
    }
    #readChomping() {
        const code = this.code();
        if (code !== PLUS && code !== DASH)
            return 'clip';
        this.position++;
        return code === PLUS ? 'keep' : 'strip';
    }
    /** Eats indentation and empty lines; an `indent` of 0 is to be found out: the deepest of them decides. */
    #readBlockBreaks(indent, start) {
        let breaks = '';
        let deepest = 0;
        for (;;) {
            while ((indent === 0 || this.column < indent) && this.code() === characters_SPACE)
                this.position++;
            deepest = Math.max(deepest, this.column);
            if ((indent === 0 || this.column < indent) && this.code() === TAB)
                throw this.#inBlock('found a tab character where an indentation space is expected', start);
            if (!isBreak(this.code()))
                break;
            breaks += this.readBreak();
        }
        return { indent: indent === 0 ? Math.max(deepest, this.indent + 1, 1) : indent, breaks };
    }
    #inBlock(problem, start) {
        return new DocumentError(problem, this.position, { words: 'while scanning a block scalar', offset: start });
    }
}
function addBreak(breaks, text) {
    return breaks === undefined ? { first: text, rest: '' } : { first: breaks.first, rest: breaks.rest + text };
}
/** One LF is a space, more are one less; LS and PS stay. */
function fold(breaks) {
    if (breaks.first !== '\n')
        return breaks.first + breaks.rest;
    return breaks.rest === '' ? ' ' : breaks.rest;
}
const ESCAPED_CODE_LENGTH = { x: 2, u: 4, U: 8 };
const ESCAPES = {
    '0': '\0',
    a: '\x07',
    b: '\b',
    t: '\t',
    '\t': '\t',
    n: '\n',
    v: '\v',
    f: '\f',
    r: '\r',
    e: '\x1b',
    ' ': ' ',
    '"': '"',
    "'": "'",
    '\\': '\\',
    N: '\x85',
    _: '\xa0',
    L: '\u2028',
    P: '\u2029'
};

;// CONCATENATED MODULE: ./src/render/yaml/property-scanner.js
// Ported from go-yaml v2, which ported it from libyaml: see LICENSE.libyaml.



/** Anchors, aliases and tags, as libyaml scans them (go-yaml v2 2.4.3, scannerc.go). */
class PropertyScanner extends ScalarScanner {
    scanAnchor(words) {
        const start = this.position++;
        const name = this.match(/[0-9A-Za-z_-]+/y);
        if (name === '' || !(isBlankOrEnd(this.code()) || '?:,]}%@`'.includes(this.text.charAt(this.position))))
            throw new DocumentError('did not find expected alphabetic or numeric character', this.position, {
                words,
                offset: start
            });
        return name;
    }
    /** The full name of a tag: `!!str` becomes `tag:yaml.org,2002:str`. */
    scanTag() {
        const start = this.position;
        const verbatim = this.match(/!</y) !== '';
        const handle = verbatim ? '' : this.match(/![0-9A-Za-z_-]*!|!/y);
        const suffix = decodeEscapes(this.match(/[0-9A-Za-z_\-;/?:@&=+$,.!~*'()[\]%]*/y));
        const failed = (problem) => new DocumentError(problem, this.position, { words: 'while scanning a tag', offset: start });
        if (suffix === undefined)
            throw failed('did not find URI escaped octet');
        if (suffix === '' && handle !== '!')
            throw failed('did not find expected tag URI');
        if (verbatim && this.match(/>/y) === '')
            throw failed("did not find the expected '>'");
        if (!isBlankOrEnd(this.code()))
            throw failed('did not find expected whitespace or line break');
        if (handle !== '' && handle !== '!' && handle !== '!!')
            throw failed('found undefined tag handle');
        return handle === '!!' ? `tag:yaml.org,2002:${suffix}` : handle + suffix;
    }
}
function decodeEscapes(uri) {
    if (!uri.includes('%'))
        return uri;
    try {
        return decodeURIComponent(uri);
    }
    catch {
        return undefined;
    }
}

;// CONCATENATED MODULE: ./src/render/yaml/scanner.js
// Ported from go-yaml v2, which ported it from libyaml: see LICENSE.libyaml.




/** YAML 1.1: a key without `?` is on one line and at most this long. */
const MAX_KEY_LENGTH = 1024;
/**
 * Tokens of one document, as libyaml finds them (go-yaml v2 2.4.3, scannerc.go): a port, so that what kubectl takes or
 * refuses is taken or refused here. `next()` and `peek()` fetch on demand.
 */
class Scanner extends PropertyScanner {
    #queue = [];
    #head = 0;
    #taken = 0;
    #headIsReady = false;
    #indents = [];
    #simpleKeys = [noKey()];
    peek() {
        if (!this.#headIsReady)
            this.#fill();
        return this.#queue[this.#head];
    }
    next() {
        const token = this.peek();
        this.#headIsReady = false;
        this.#head++;
        this.#taken++;
        if (this.#head === this.#queue.length) {
            this.#queue.length = 0;
            this.#head = 0;
        }
        return token;
    }
    /** Fetches until the head of the queue cannot turn out to be a key any more. */
    #fill() {
        while (this.#head === this.#queue.length || this.#headMayBeKey())
            this.#fetch();
        this.#headIsReady = true;
    }
    #headMayBeKey() {
        const taken = this.#taken;
        return this.#simpleKeys.some((key) => key.possible && key.tokenNumber === taken && this.#isValid(key));
    }
    #fetch() {
        this.#skipToToken();
        this.#unrollIndent(this.column);
        const code = this.code();
        if (code === 0)
            this.#fetchEnd();
        else if (this.column === 0 && code === PERCENT)
            this.#fetchAlone(Token.DIRECTIVE, 1);
        else if (this.atDocumentIndicator())
            this.#fetchAlone(code === DASH ? Token.DOCUMENT_START : Token.DOCUMENT_END, 3);
        else if (this.#isBlockIndicator(code))
            this.#fetchBlockIndicator(code);
        else
            this.#fetchOther(code);
    }
    /** `-`, `?` and `:` stand alone, or the latter two in a flow collection; otherwise they begin a plain scalar. */
    #isBlockIndicator(code) {
        if (code !== DASH && code !== QUESTION && code !== COLON)
            return false;
        return isBlankOrEnd(this.code(1)) || (code !== DASH && this.flowLevel > 0);
    }
    #fetchBlockIndicator(code) {
        if (code === DASH)
            this.#fetchBlockEntry();
        else if (code === QUESTION)
            this.#fetchKey();
        else
            this.#fetchValue();
    }
    #fetchOther(code) {
        const start = this.position;
        switch (code) {
            case BRACKET_OPEN:
                this.#fetchFlowStart(Token.FLOW_SEQUENCE_START);
                break;
            case BRACE_OPEN:
                this.#fetchFlowStart(Token.FLOW_MAPPING_START);
                break;
            case BRACKET_CLOSE:
                this.#fetchFlowEnd(Token.FLOW_SEQUENCE_END);
                break;
            case BRACE_CLOSE:
                this.#fetchFlowEnd(Token.FLOW_MAPPING_END);
                break;
            case COMMA:
                this.#removeSimpleKey();
                this.simpleKeyAllowed = true;
                this.#push(Token.FLOW_ENTRY, this.position++);
                break;
            case ASTERISK:
                this.#startNode();
                this.#push(Token.ALIAS, start, this.scanAnchor('while scanning an alias'));
                break;
            case AMPERSAND:
                this.#startNode();
                this.#push(Token.ANCHOR, start, this.scanAnchor('while scanning an anchor'));
                break;
            case EXCLAMATION:
                this.#startNode();
                this.#push(Token.TAG, start, this.scanTag());
                break;
            case PIPE:
            case GREATER:
                if (this.flowLevel > 0)
                    throw this.#cannotStart(start);
                this.#removeSimpleKey();
                this.simpleKeyAllowed = true;
                this.#push(Token.QUOTED, start, this.scanBlock(code === PIPE));
                break;
            case SINGLE_QUOTE:
            case DOUBLE_QUOTE:
                this.#startNode();
                this.#push(Token.QUOTED, start, this.scanQuoted(code));
                break;
            case HASH:
            case PERCENT:
            case AT:
            case BACKTICK:
            case TAB:
                throw this.#cannotStart(start);
            default:
                this.#startNode();
                this.#push(Token.PLAIN, start, this.scanPlain());
        }
    }
    #cannotStart(offset) {
        return new DocumentError('found character that cannot start any token', offset);
    }
    #push(type, start, value = '') {
        this.#queue.push({ type, start, value });
    }
    /** Puts a token before the one of that number; few are behind it, so they are moved by hand. */
    #insert(number, type, start) {
        const queue = this.#queue;
        const token = { type, start, value: '' };
        const target = this.#head + number - this.#taken;
        queue.push(token);
        for (let at = queue.length - 1; at > target; at--)
            queue[at] = queue[at - 1] ?? token;
        queue[target] = token;
    }
    /** Blanks, comments and line breaks. Tabs are blanks only where no block structure can begin. */
    #skipToToken() {
        for (;;) {
            let code = this.code();
            while (code === characters_SPACE || (code === TAB && (this.flowLevel > 0 || !this.simpleKeyAllowed))) {
                this.position++;
                code = this.code();
            }
            if (code === HASH)
                this.skipComment();
            if (!isBreak(this.code()))
                return;
            this.readBreak();
            if (this.flowLevel === 0)
                this.simpleKeyAllowed = true;
        }
    }
    // --- indentation
    #rollIndent(column, type, start, tokenNumber) {
        if (this.flowLevel > 0 || this.indent >= column)
            return;
        this.#indents.push(this.indent);
        this.indent = column;
        if (tokenNumber === undefined)
            this.#push(type, start);
        else
            this.#insert(tokenNumber, type, start);
    }
    #unrollIndent(column) {
        if (this.flowLevel > 0)
            return;
        while (this.indent > column) {
            this.#push(Token.BLOCK_END, this.position);
            this.indent = this.#indents.pop() ?? -1;
        }
    }
    // --- simple keys
    #currentKey() {
        return this.#simpleKeys.at(-1);
    }
    #isValid(key) {
        if (!key.possible)
            return false;
        if (key.lineStart === this.lineStart && !this.#isTooLong(key.start))
            return true;
        if (key.required)
            throw this.#missingColon(key);
        key.possible = false;
        return false;
    }
    #isTooLong(start) {
        if (this.position - start <= MAX_KEY_LENGTH)
            return false;
        return [...this.text.slice(start, this.position)].length > MAX_KEY_LENGTH;
    }
    #missingColon(key) {
        return new DocumentError("could not find expected ':'", key.start);
    }
    /** A node begins here that may turn out to be a key; behind it none can begin. */
    #startNode(allowedAfter = false) {
        if (this.simpleKeyAllowed) {
            this.#removeSimpleKey();
            this.#simpleKeys[this.#simpleKeys.length - 1] = {
                possible: true,
                required: this.flowLevel === 0 && this.indent === this.column,
                tokenNumber: this.#taken + this.#queue.length - this.#head,
                start: this.position,
                lineStart: this.lineStart
            };
        }
        this.simpleKeyAllowed = allowedAfter;
    }
    #removeSimpleKey() {
        const key = this.#currentKey();
        if (key.possible && key.required)
            throw this.#missingColon(key);
        key.possible = false;
    }
    // --- tokens
    #fetchEnd() {
        if (this.column !== 0)
            this.lineStart = this.position;
        this.#unrollIndent(-1);
        this.#removeSimpleKey();
        this.simpleKeyAllowed = false;
        this.#push(Token.STREAM_END, this.position);
    }
    #fetchAlone(type, length) {
        this.#unrollIndent(-1);
        this.#removeSimpleKey();
        this.simpleKeyAllowed = false;
        this.#push(type, this.position);
        this.position += length;
    }
    #fetchFlowStart(type) {
        this.#startNode(true);
        this.#simpleKeys.push(noKey());
        this.flowLevel++;
        this.#push(type, this.position++);
    }
    #fetchFlowEnd(type) {
        this.#removeSimpleKey();
        if (this.flowLevel > 0) {
            this.flowLevel--;
            this.#simpleKeys.pop();
        }
        this.simpleKeyAllowed = false;
        this.#push(type, this.position++);
    }
    #fetchBlockEntry() {
        if (this.flowLevel === 0) {
            if (!this.simpleKeyAllowed)
                throw new DocumentError('block sequence entries are not allowed in this context', this.position);
            this.#rollIndent(this.column, Token.BLOCK_SEQUENCE_START, this.position);
        }
        this.#removeSimpleKey();
        this.simpleKeyAllowed = true;
        this.#push(Token.BLOCK_ENTRY, this.position++);
    }
    #fetchKey() {
        if (this.flowLevel === 0) {
            if (!this.simpleKeyAllowed)
                throw new DocumentError('mapping keys are not allowed in this context', this.position);
            this.#rollIndent(this.column, Token.BLOCK_MAPPING_START, this.position);
        }
        this.#removeSimpleKey();
        this.simpleKeyAllowed = this.flowLevel === 0;
        this.#push(Token.KEY, this.position++);
    }
    #fetchValue() {
        const key = this.#currentKey();
        if (this.#isValid(key)) {
            this.#insert(key.tokenNumber, Token.KEY, key.start);
            this.#rollIndent(key.start - key.lineStart, Token.BLOCK_MAPPING_START, key.start, key.tokenNumber);
            key.possible = false;
            this.simpleKeyAllowed = false;
        }
        else {
            if (this.flowLevel === 0) {
                if (!this.simpleKeyAllowed)
                    throw new DocumentError('mapping values are not allowed in this context', this.position);
                this.#rollIndent(this.column, Token.BLOCK_MAPPING_START, this.position);
            }
            this.simpleKeyAllowed = this.flowLevel === 0;
        }
        this.#push(Token.VALUE, this.position++);
    }
}
function noKey() {
    return { possible: false, required: false, tokenNumber: -1, start: 0, lineStart: 0 };
}

;// CONCATENATED MODULE: ./src/render/yaml/parser.js





/**
 * The value of a document, as go-yaml v2 decodes it and sigs.k8s.io/yaml converts it to JSON; null for an empty one.
 * What kubectl does silently is an error here: of duplicate keys it keeps the last, and what follows the end of the
 * document (`...`) it drops.
 * @param text one chunk of a stream, without NUL
 * @throws DocumentError
 */
function parseDocument(text, options) {
    return new Parser(text, options).document();
}
const OUTER_LEVELS = 3;
/** Real objects stay below 100 levels; go-yaml's limit of 10,000 would exhaust the stack. */
const parser_MAX_DEPTH = 1000;
class Parser {
    #scanner;
    #options;
    #anchors = new Anchors();
    #depth = 0;
    #kind = 'collection';
    #text = '';
    constructor(text, options) {
        this.#scanner = new Scanner(text);
        this.#options = options;
    }
    document() {
        let token = this.#scanner.peek();
        if (token.type === Token.DIRECTIVE)
            throw new DocumentError('kubectl reads no directives: it cuts the file at "---" first', token.start);
        if (token.type === Token.STREAM_END)
            return null;
        let empty = false;
        if (token.type === Token.DOCUMENT_START) {
            this.#scanner.next();
            token = this.#scanner.peek();
            empty = token.type === Token.DOCUMENT_END || token.type === Token.STREAM_END;
        }
        const value = empty ? null : this.#value(true, false, token.start);
        while (this.#scanner.peek().type === Token.DOCUMENT_END)
            this.#scanner.next();
        const rest = this.#scanner.peek();
        if (rest.type === Token.STREAM_END)
            return value;
        throw new DocumentError('the document ends before this, so kubectl would ignore all that follows', rest.start);
    }
    #node(block, indentless) {
        let token = this.#scanner.peek();
        if (token.type === Token.ALIAS)
            return this.#alias(this.#scanner.next());
        const start = token.start;
        let anchor;
        let tag;
        if (token.type === Token.ANCHOR) {
            anchor = this.#scanner.next().value;
            if (this.#scanner.peek().type === Token.TAG)
                tag = this.#scanner.next().value;
            token = this.#scanner.peek();
        }
        else if (token.type === Token.TAG) {
            tag = this.#scanner.next().value;
            if (this.#scanner.peek().type === Token.ANCHOR)
                anchor = this.#scanner.next().value;
            token = this.#scanner.peek();
        }
        this.#anchors.countNode(start);
        const type = token.type;
        if (type === Token.PLAIN || type === Token.QUOTED) {
            this.#scanner.next();
            return this.#scalar(token.value, type === Token.PLAIN, tag, anchor, start);
        }
        if ((indentless && type === Token.BLOCK_ENTRY) || this.#startsCollection(type, block))
            return this.#collection(token, anchor);
        if (anchor !== undefined || tag !== undefined)
            return this.#scalar('', true, tag, anchor, start);
        throw new DocumentError('did not find expected node content', token.start, {
            words: `while parsing a ${block ? 'block' : 'flow'} node`,
            offset: start
        });
    }
    #startsCollection(type, block) {
        if (type === Token.FLOW_SEQUENCE_START || type === Token.FLOW_MAPPING_START)
            return true;
        return block && (type === Token.BLOCK_SEQUENCE_START || type === Token.BLOCK_MAPPING_START);
    }
    #scalar(text, plain, tag, anchor, start) {
        const value = tag === undefined ? (plain ? resolvePlain(text) : text) : resolveTagged(tag, text);
        if (value === undefined)
            throw new DocumentError(`the value does not fit its tag ${(tag ?? '').replace(/^.*:/, '!!')}`, start);
        this.#kind = (plain && tag === undefined) || tag === '!' || tag === MERGE_TAG ? 'plain' : 'text';
        this.#text = text;
        if (anchor !== undefined)
            this.#anchors.set(anchor, { kind: this.#kind, text, value });
        return value;
    }
    #collection(token, anchorName) {
        const anchor = { kind: 'collection', text: '', value: undefined };
        if (anchorName !== undefined)
            this.#anchors.set(anchorName, anchor);
        if (++this.#depth > parser_MAX_DEPTH)
            throw new DocumentError('the document is nested too deeply', token.start);
        const value = this.#collectionValue(token);
        this.#depth--;
        anchor.value = value;
        this.#kind = 'collection';
        return value;
    }
    #collectionValue(token) {
        switch (token.type) {
            case Token.BLOCK_MAPPING_START:
                return this.#blockMapping(this.#scanner.next().start);
            case Token.FLOW_MAPPING_START:
                return this.#flowMapping(this.#scanner.next().start);
            case Token.FLOW_SEQUENCE_START:
                return this.#flowSequence(this.#scanner.next().start);
            case Token.BLOCK_SEQUENCE_START:
                return this.#blockSequence(this.#scanner.next().start);
            default:
                return this.#indentlessSequence();
        }
    }
    // --- block collections
    #blockSequence(start) {
        const list = [];
        while (this.#scanner.peek().type === Token.BLOCK_ENTRY) {
            const entry = this.#scanner.next().start;
            const type = this.#scanner.peek().type;
            const isEmpty = type === Token.BLOCK_ENTRY || type === Token.BLOCK_END;
            list.push(isEmpty ? null : this.#value(true, false, entry));
        }
        const token = this.#scanner.next();
        if (token.type === Token.BLOCK_END)
            return list;
        throw new DocumentError("did not find expected '-' indicator", token.start, {
            words: 'while parsing a block collection',
            offset: start
        });
    }
    #indentlessSequence() {
        const list = [];
        while (this.#scanner.peek().type === Token.BLOCK_ENTRY) {
            const entry = this.#scanner.next().start;
            const type = this.#scanner.peek().type;
            list.push(type === Token.BLOCK_ENTRY || endsBlockEntry(type) ? null : this.#value(true, false, entry));
        }
        return list;
    }
    #blockMapping(start) {
        const mapping = this.#begin(start);
        for (;;) {
            const token = this.#scanner.next();
            if (token.type === Token.BLOCK_END)
                return mapping.value;
            if (token.type !== Token.KEY)
                throw new DocumentError('did not find expected key', token.start, {
                    words: 'while parsing a block mapping',
                    offset: start
                });
            const keyStart = this.#scanner.peek().start;
            const key = endsBlockEntry(this.#scanner.peek().type) ? this.#emptyKey(token.start) : this.#key(true);
            let value = null;
            this.#kind = 'plain';
            if (this.#scanner.peek().type === Token.VALUE) {
                const colon = this.#scanner.next().start;
                if (!endsBlockEntry(this.#scanner.peek().type))
                    value = this.#value(true, true, colon);
            }
            this.#put(mapping, key, value, keyStart);
        }
    }
    // --- flow collections
    #flowSequence(start) {
        const list = [];
        for (let first = true; this.#scanner.peek().type !== Token.FLOW_SEQUENCE_END; first = false) {
            if (!first &&
                !this.#takeFlowEntry("did not find expected ',' or ']'", 'a flow sequence', start, Token.FLOW_SEQUENCE_END))
                break;
            if (this.#scanner.peek().type === Token.KEY)
                list.push(this.#flowPair());
            else
                list.push(this.#value(false, false, start));
        }
        this.#scanner.next();
        return list;
    }
    /** `[key: value]`: a mapping of one pair. */
    #flowPair() {
        const start = this.#scanner.next().start;
        const mapping = this.#begin(start);
        const type = this.#scanner.peek().type;
        if (type === Token.VALUE || type === Token.FLOW_ENTRY || type === Token.FLOW_SEQUENCE_END)
            this.#emptyKey(start);
        const key = this.#key(false);
        this.#put(mapping, key, this.#flowValue(Token.FLOW_SEQUENCE_END), start);
        return mapping.value;
    }
    #flowMapping(start) {
        const mapping = this.#begin(start);
        for (let first = true; this.#scanner.peek().type !== Token.FLOW_MAPPING_END; first = false) {
            if (!first &&
                !this.#takeFlowEntry("did not find expected ',' or '}'", 'a flow mapping', start, Token.FLOW_MAPPING_END))
                break;
            const hasKey = this.#scanner.peek().type === Token.KEY;
            if (hasKey)
                this.#scanner.next();
            const { type, start: keyStart } = this.#scanner.peek();
            if (hasKey && (type === Token.VALUE || type === Token.FLOW_ENTRY || type === Token.FLOW_MAPPING_END))
                this.#emptyKey(keyStart);
            const key = this.#key(false);
            this.#kind = 'plain';
            const value = hasKey ? this.#flowValue(Token.FLOW_MAPPING_END) : null;
            this.#put(mapping, key, value, keyStart);
        }
        this.#scanner.next();
        return mapping.value;
    }
    /** Consumes the comma between two entries; false when the collection ends behind it. */
    #takeFlowEntry(problem, words, start, end) {
        const token = this.#scanner.peek();
        if (token.type !== Token.FLOW_ENTRY)
            throw new DocumentError(problem, token.start, { words: `while parsing ${words}`, offset: start });
        this.#scanner.next();
        return this.#scanner.peek().type !== end;
    }
    #flowValue(end) {
        this.#kind = 'plain';
        if (this.#scanner.peek().type !== Token.VALUE)
            return null;
        const colon = this.#scanner.next().start;
        const type = this.#scanner.peek().type;
        return type === Token.FLOW_ENTRY || type === end ? null : this.#value(false, false, colon);
    }
    // --- values, keys, aliases
    #value(block, indentless, before) {
        const start = this.#scanner.peek().start;
        const value = this.#node(block, indentless);
        if (typeof value === 'number' && !Number.isFinite(value))
            throw new DocumentError('.nan and .inf have no place in JSON, so Kubernetes cannot store them', Math.max(start, before));
        return value;
    }
    /** The next node as a key; `undefined` for `<<`. */
    #key(block) {
        const start = this.#scanner.peek().start;
        const value = this.#node(block, block);
        if (this.#text === '<<' && this.#kind === 'plain')
            return undefined;
        if (typeof value === 'object' && value !== null)
            throw new DocumentError('a key must not be a list or a mapping', start);
        const key = typeof value === 'string' ? value : keyText(value, this.#text);
        if (key === undefined)
            throw new DocumentError('a key must be a string, a boolean or a number', start);
        return key;
    }
    #emptyKey(start) {
        throw new DocumentError('a key must be a string, a boolean or a number', start);
    }
    #begin(start) {
        const mapping = new Mapping(this.#options.rememberKeys ?? false);
        if (this.#depth <= OUTER_LEVELS)
            this.#options.starts.set(mapping.value, start);
        return mapping;
    }
    #put(mapping, key, value, start) {
        if (key === undefined)
            mapping.merge(value, this.#kind, start);
        else
            mapping.put(key, value, start);
    }
    #alias(token) {
        this.#anchors.countNode(token.start);
        const anchor = this.#anchors.resolve(token.value, token.start);
        this.#text = anchor.text;
        this.#kind = 'alias';
        return anchor.value;
    }
}
const MERGE_TAG = 'tag:yaml.org,2002:merge';
function endsBlockEntry(type) {
    return type === Token.KEY || type === Token.VALUE || type === Token.BLOCK_END;
}

;// CONCATENATED MODULE: ./src/render/yaml/simple.js

/**
 * Most manifests use little of YAML: block mappings and lists, scalars of one line, literal blocks. Such a document is
 * read here in one pass over its lines; of 1,000 objects that takes a fifth of the time of the whole grammar. Whatever
 * is not certainly of that kind is left to the parser, errors above all: nothing here is ever told to anybody.
 * @param text one chunk of a stream, its line ends \n
 * @param starts as in `parseDocument`
 * @returns undefined when the document must be read by the parser
 */
function readSimple(text, starts) {
    if (UNUSUAL.test(text))
        return undefined;
    try {
        return new SimpleReader(text, starts).document();
    }
    catch (error) {
        if (error === NOT_SIMPLE)
            return undefined;
        throw error;
    }
}
/** Tabs, and the characters that are line breaks or none depending on who reads. */
const UNUSUAL = /[\t\r\x85\u2028\u2029\ufeff]/;
/** Thrown, never shown. */
const NOT_SIMPLE = new Error('not simple');
/** As in the parser: where mappings of these levels begin is remembered. */
const simple_OUTER_LEVELS = 3;
const simple_MAX_DEPTH = 100;
const simple_LF = 0x0a;
const simple_SPACE = 0x20;
const simple_DOUBLE_QUOTE = 0x22;
const simple_HASH = 0x23;
const simple_SINGLE_QUOTE = 0x27;
const simple_DASH = 0x2d;
const simple_COLON = 0x3a;
const simple_BRACKET_OPEN = 0x5b;
const simple_BACKSLASH = 0x5c;
const simple_BRACE_OPEN = 0x7b;
const simple_PIPE = 0x7c;
class SimpleReader {
    #text;
    #starts;
    /** Of the line that comes next, blank lines and comments skipped: its first character that is no space. */
    #at = 0;
    /** Its column; -1 at the end. */
    #indent = -1;
    #depth = 0;
    constructor(text, starts) {
        this.#text = text;
        this.#starts = starts;
    }
    document() {
        this.#toLine(this.#behindSeparator());
        if (this.#indent !== 0)
            throw NOT_SIMPLE;
        const value = this.#mapping(0);
        if (this.#at < this.#text.length)
            throw NOT_SIMPLE;
        return value;
    }
    #behindSeparator() {
        if (!this.#text.startsWith('---'))
            return 0;
        const end = this.#text.indexOf('\n');
        const rest = this.#text.slice(3, end);
        if (rest.trim() !== '' && !/^ +#/.test(rest))
            throw NOT_SIMPLE;
        return end + 1;
    }
    /** Goes to the next line with content, from the start of a line. */
    #toLine(start) {
        const text = this.#text;
        for (let from = start; from < text.length;) {
            let at = from;
            while (text.charCodeAt(at) === simple_SPACE)
                at++;
            const code = text.charCodeAt(at);
            if (code === simple_LF)
                from = at + 1;
            else if (code === simple_HASH)
                from = text.indexOf('\n', at) + 1;
            else {
                this.#at = at;
                this.#indent = at - from;
                return;
            }
            if (from === 0)
                break;
        }
        this.#at = text.length;
        this.#indent = -1;
    }
    /** A mapping whose first key stands at the present place, in this column. */
    #mapping(column) {
        const value = {};
        if (++this.#depth > simple_MAX_DEPTH)
            throw NOT_SIMPLE;
        if (this.#depth <= simple_OUTER_LEVELS)
            this.#starts.set(value, this.#at);
        do {
            const key = this.#key();
            if (Object.hasOwn(value, key))
                throw NOT_SIMPLE;
            value[key] = this.#value(column, true);
        } while (this.#indent === column && !this.#isEntry());
        if (this.#indent > column)
            throw NOT_SIMPLE;
        this.#depth--;
        return value;
    }
    /** Takes a key and its colon. */
    #key() {
        const end = this.#keyEnd(this.#at);
        if (end < 0)
            throw NOT_SIMPLE;
        const key = this.#text.slice(this.#at, end);
        if (key === '__proto__' || resolvePlain(key) !== key)
            throw NOT_SIMPLE;
        this.#at = end + 1;
        return key;
    }
    /** Where the colon of a plain key stands; -1 when none begins here. */
    #keyEnd(start) {
        const text = this.#text;
        if (!isLetter(text.charCodeAt(start)))
            return -1;
        let at = start + 1;
        while (isKeyCharacter(text.charCodeAt(at)))
            at++;
        if (text.charCodeAt(at) !== simple_COLON || at - start > 128)
            return -1;
        const next = text.charCodeAt(at + 1);
        return next === simple_SPACE || next === simple_LF ? at : -1;
    }
    #isEntry() {
        if (this.#text.charCodeAt(this.#at) !== simple_DASH)
            return false;
        const next = this.#text.charCodeAt(this.#at + 1);
        return next === simple_SPACE || next === simple_LF;
    }
    #sequence(column) {
        const list = [];
        if (++this.#depth > simple_MAX_DEPTH)
            throw NOT_SIMPLE;
        do {
            const dash = this.#at++;
            this.#skipSpaces();
            const inner = column + this.#at - dash;
            if (this.#isEntry())
                list.push(this.#sequence(inner));
            else if (this.#keyEnd(this.#at) >= 0)
                list.push(this.#mapping(inner));
            else
                list.push(this.#value(column, false));
        } while (this.#indent === column && this.#isEntry());
        if (this.#indent > column)
            throw NOT_SIMPLE;
        this.#depth--;
        return list;
    }
    /**
     * What stands behind a colon or a dash: on the same line, or on deeper ones.
     * @param column of the collection that it belongs to
     * @param indentless whether a list may stand in the same column
     */
    #value(column, indentless) {
        this.#skipSpaces();
        const code = this.#text.charCodeAt(this.#at);
        if (code === simple_LF || (code === simple_HASH && this.#text.charCodeAt(this.#at - 1) === simple_SPACE)) {
            this.#toLine(this.#text.indexOf('\n', this.#at) + 1);
            if (this.#indent > column)
                return this.#isEntry() ? this.#sequence(this.#indent) : this.#mapping(this.#indent);
            return indentless && this.#indent === column && this.#isEntry() ? this.#sequence(column) : null;
        }
        if (code === simple_PIPE)
            return this.#literal(column);
        const value = this.#scalar(code);
        // What is deeper would go on with the scalar.
        if (this.#indent > column)
            throw NOT_SIMPLE;
        return value;
    }
    #scalar(code) {
        if (code === simple_DOUBLE_QUOTE || code === simple_SINGLE_QUOTE) {
            const value = this.#quoted(code);
            this.#endLine();
            return value;
        }
        if (code === simple_BRACKET_OPEN || code === simple_BRACE_OPEN) {
            const value = this.#flow(code);
            this.#endLine();
            return value;
        }
        return this.#plain();
    }
    #plain() {
        const text = this.#text;
        const start = this.#at;
        const end = text.indexOf('\n', start);
        const first = text.charAt(start);
        if (INDICATORS.includes(first) || (first === '-' && this.#isEntry()))
            throw NOT_SIMPLE;
        let stop = end;
        for (let at = start; at < end; at++) {
            const code = text.charCodeAt(at);
            if (code === simple_COLON) {
                const next = text.charCodeAt(at + 1);
                if (next === simple_SPACE || next === simple_LF)
                    throw NOT_SIMPLE;
            }
            else if (code === simple_HASH && text.charCodeAt(at - 1) === simple_SPACE) {
                stop = at;
                break;
            }
        }
        while (text.charCodeAt(stop - 1) === simple_SPACE)
            stop--;
        const value = simple_finite(resolvePlain(text.slice(start, stop)));
        this.#toLine(end + 1);
        return value;
    }
    /** A quoted scalar of one line. */
    #quoted(quote) {
        const text = this.#text;
        const start = this.#at + 1;
        let isPlain = true;
        for (let at = start;; at++) {
            const code = text.charCodeAt(at);
            if (code === simple_LF || Number.isNaN(code))
                throw NOT_SIMPLE;
            const isEscape = quote === simple_DOUBLE_QUOTE ? code === simple_BACKSLASH : code === quote && text.charCodeAt(at + 1) === quote;
            if (isEscape) {
                isPlain = false;
                at++;
            }
            else if (code === quote) {
                this.#at = at + 1;
                const value = text.slice(start, at);
                if (isPlain)
                    return value;
                return quote === simple_SINGLE_QUOTE ? value.replaceAll("''", "'") : unescaped(value);
            }
        }
    }
    /** `{}`, and lists of simple scalars on one line. */
    #flow(open) {
        const start = this.#at++;
        if (open === simple_BRACE_OPEN) {
            if (this.#text[this.#at++] !== '}')
                throw NOT_SIMPLE;
            const empty = {};
            if (this.#depth < simple_OUTER_LEVELS)
                this.#starts.set(empty, start);
            return empty;
        }
        const list = [];
        this.#skipSpaces();
        if (this.#text[this.#at] === ']') {
            this.#at++;
            return list;
        }
        for (;;) {
            this.#skipSpaces();
            list.push(this.#flowItem());
            this.#skipSpaces();
            const next = this.#text[this.#at++];
            if (next === ']')
                return list;
            if (next !== ',')
                throw NOT_SIMPLE;
        }
    }
    #flowItem() {
        const code = this.#text.charCodeAt(this.#at);
        if (code === simple_DOUBLE_QUOTE || code === simple_SINGLE_QUOTE) {
            const value = this.#quoted(code);
            // A key of JSON.
            if (this.#text.charCodeAt(this.#at) === simple_COLON)
                throw NOT_SIMPLE;
            return value;
        }
        const start = this.#at;
        if (!isKeyCharacter(code) || (code === simple_DASH && !isKeyCharacter(this.#text.charCodeAt(start + 1))))
            throw NOT_SIMPLE;
        while (isKeyCharacter(this.#text.charCodeAt(this.#at)))
            this.#at++;
        return simple_finite(resolvePlain(this.#text.slice(start, this.#at)));
    }
    /** `|`, `|-` and `|+`: every line below that is deeper, as it is. */
    #literal(column) {
        const text = this.#text;
        const end = text.indexOf('\n', this.#at);
        const header = text.slice(this.#at, end);
        if (header !== '|' && header !== '|-' && header !== '|+')
            throw NOT_SIMPLE;
        const indent = this.#literalIndent(end + 1, column);
        const lines = [];
        let from = end + 1;
        /** Lines up to the last one that is not empty. */
        let filled = 0;
        while (from < text.length) {
            const stop = text.indexOf('\n', from);
            let at = from;
            while (at - from < indent && text.charCodeAt(at) === simple_SPACE)
                at++;
            if (at === stop)
                lines.push('');
            else if (at - from < indent)
                break;
            else {
                lines.push(text.slice(at, stop));
                filled = lines.length;
            }
            from = stop + 1;
        }
        this.#toLine(from);
        if (this.#indent > column)
            throw NOT_SIMPLE;
        if (header === '|+')
            return `${lines.join('\n')}\n`;
        const body = lines.slice(0, filled).join('\n');
        return header === '|' ? `${body}\n` : body;
    }
    /** How far the first line of a literal block is indented; the empty ones before it must not be deeper. */
    #literalIndent(start, column) {
        const text = this.#text;
        let deepest = 0;
        for (let from = start; from < text.length;) {
            let at = from;
            while (text.charCodeAt(at) === simple_SPACE)
                at++;
            const indent = at - from;
            if (text.charCodeAt(at) !== simple_LF) {
                if (indent <= column || deepest > indent)
                    throw NOT_SIMPLE;
                return indent;
            }
            deepest = Math.max(deepest, indent);
            from = at + 1;
        }
        throw NOT_SIMPLE;
    }
    #skipSpaces() {
        while (this.#text.charCodeAt(this.#at) === simple_SPACE)
            this.#at++;
    }
    /** Nothing but a comment may follow on this line. */
    #endLine() {
        const from = this.#at;
        this.#skipSpaces();
        const code = this.#text.charCodeAt(this.#at);
        if (code !== simple_LF && (code !== simple_HASH || this.#at === from))
            throw NOT_SIMPLE;
        this.#toLine(this.#text.indexOf('\n', this.#at) + 1);
    }
}
/** What no plain scalar begins with; `-` and `:` are none before a blank only. */
const INDICATORS = ',[]{}#&*!|>\'"%@`?';
/** The escapes that are the same in JSON; others are left to the parser. */
function unescaped(value) {
    if (!/^(?:[^\\]|\\["\\nt])*$/.test(value))
        throw NOT_SIMPLE;
    return value.replace(/\\(.)/g, (_, character) => simple_ESCAPES[character] ?? character);
}
const simple_ESCAPES = { n: '\n', t: '\t' };
function simple_finite(value) {
    if (typeof value === 'number' && !Number.isFinite(value))
        throw NOT_SIMPLE;
    return value;
}
function isLetter(code) {
    return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || code === 0x5f;
}
/** Letters, digits, `_` `-` `.` `/`. */
function isKeyCharacter(code) {
    return isLetter(code) || (code >= 0x2d && code <= 0x39);
}

;// CONCATENATED MODULE: ./src/render/yaml/index.js









/**
 * Reads YAML or JSON as kubectl 1.36 reads it: the stream splitting of apimachinery, the scanner, scalars and merge
 * keys of go-yaml v2, the keys of sigs.k8s.io/yaml; held by a differential test. What kubectl drops silently is an
 * error instead: duplicate keys, and content after the end of a document. Values never stand in messages, since they
 * may be secrets.
 * @param file for messages
 * @throws GitOpsError with file:line:column
 */
function readYaml(text, file) {
    checkCharacters(text, file);
    if (!/^[^\S\ufeff]*\{/.test(text))
        return readYamlStream(text, file);
    try {
        return readJson(text);
    }
    catch (error) {
        if (!(error instanceof DocumentError))
            throw error;
        // A `{` begins JSON or a YAML flow mapping. A file that says it is JSON is told what is wrong as JSON.
        const isCertain = error instanceof DuplicateKeyError || error instanceof NumberRangeError;
        if (isCertain || file.endsWith('.json'))
            throw explain(error, { text, line: 1, file });
        return readYamlStream(text, file);
    }
}
/**
 * Decodes the bytes of a manifest as kubectl does (`unicode.BOMOverride` of its file visitor): UTF-8, or UTF-16 where a
 * byte order mark says so, as PowerShell writes it. The mark itself is left out.
 * @throws GitOpsError when they are neither; kubectl would replace what it cannot read without a word
 */
function decodeText(bytes, file) {
    const encoding = encodingOf(bytes);
    try {
        return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    }
    catch (error) {
        const name = encoding === 'utf-8' ? 'UTF-8' : 'UTF-16';
        throw (0,placed/* errorAt */.Os)({ file }, `the file is not valid ${name}.`, {
            hint: isBinary(bytes) ? 'It is no text at all: keep it out of the manifests.' : 'Save it as UTF-8.',
            cause: error
        });
    }
}
function encodingOf([first, second]) {
    if (first === 0xff && second === 0xfe)
        return 'utf-16le';
    return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
}
function isBinary(bytes) {
    return bytes.subarray(0, 8000).includes(0); // as git decides
}
function readJson(source) {
    return readJsonStream(source)
        .filter(({ value }) => value !== null)
        .map(({ value, start, items }) => {
        const line = lineAt(source, start);
        const list = (0,json/* asList */.DD)((0,json/* asObject */.eB)(value)?.['items']) ?? [];
        const lines = new Map(list.map((item, index) => [item, lineAt(source, items[index] ?? start)]));
        return { value, line, lineOf: (inner) => lines.get(inner) ?? line };
    });
}
function readYamlStream(source, file) {
    const { chunks, badSeparator } = (0,yaml_documents/* splitDocuments */.Z)(source);
    const documents = [];
    for (const { text, line } of chunks) {
        const starts = new WeakMap();
        const value = readChunk(text, line, file, starts);
        if (value === null)
            continue;
        const startLine = (inner) => {
            const start = typeof inner === 'object' && inner !== null ? starts.get(inner) : undefined;
            return start === undefined ? undefined : line + lineAt(text, start) - 1;
        };
        const own = startLine(value) ?? line;
        documents.push({ value, line: own, lineOf: (inner) => startLine(inner) ?? own });
    }
    if (badSeparator !== undefined)
        throw (0,placed/* errorAt */.Os)({ file, line: badSeparator, column: 4 }, 'only a comment may follow the document separator "---".', {
            hint: 'kubectl takes every line that begins with --- as a separator. Move the content to the next line, or indent the line.'
        });
    return documents;
}
function readChunk(text, line, file, starts) {
    const simple = readSimple(text, starts);
    if (simple !== undefined)
        return simple;
    try {
        return parseDocument(text, { starts });
    }
    catch (error) {
        if (!(error instanceof DocumentError))
            throw error;
        throw explain(error instanceof DuplicateKeyError ? locateFirst(text, error) : error, { text, line, file });
    }
}
/** The same error, with the place of the first key: only worth knowing once there is an error. */
function locateFirst(text, error) {
    try {
        parseDocument(text, { starts: new WeakMap(), rememberKeys: true });
    }
    catch (again) {
        if (again instanceof DocumentError)
            return again;
    }
    return error;
}
// The characters that libyaml's reader refuses (readerc.go).
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const FORBIDDEN = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]/;
function checkCharacters(text, file) {
    const found = FORBIDDEN.exec(text);
    if (!found)
        return;
    const code = (found[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    throw explain(new DocumentError(`the control character U+${code} is not allowed`, found.index), {
        text,
        line: 1,
        file
    });
}
/** 1-based line of an offset. */
function lineAt(text, offset) {
    let line = 1;
    for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1))
        line++;
    return line;
}


/***/ })

};
