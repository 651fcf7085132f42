export const id = 258;
export const ids = [258];
export const modules = {

/***/ 258:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   unzipMember: () => (/* binding */ unzipMember)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_zlib__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8522);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9973);



/** No program that we take is near to it; an archive that says more is none of a release. */
const LARGEST = 1024 ** 3;
const END = { signature: 0x06054b50, length: 22 };
const ENTRY = { signature: 0x02014b50, length: 46 };
const LOCAL = { signature: 0x04034b50, length: 30 };
const STORED = 0;
const DEFLATED = 8;
/**
 * One member of a ZIP archive, whole, in memory. Releases of Terraform and OpenTofu come as ZIP, and not every runner has
 * `unzip`.
 * @throws GitOpsError when the archive is damaged or has no such member
 */
async function unzipMember(archive, member) {
    const bytes = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)(archive);
    const entry = entriesOf(bytes, archive).find((one) => one.name === member);
    if (!entry)
        throw damaged(archive, `it has no ${member}`);
    if (entry.size > LARGEST || entry.start + LOCAL.length > bytes.length)
        throw damaged(archive, `${member} is too large`);
    if (bytes.readUInt32LE(entry.start) !== LOCAL.signature)
        throw damaged(archive, `${member} is not where it should be`);
    // Name and extra field are said again here, and may be longer.
    const data = entry.start + LOCAL.length + bytes.readUInt16LE(entry.start + 26) + bytes.readUInt16LE(entry.start + 28);
    const packed = bytes.subarray(data, data + entry.packed);
    const content = unpack(packed, entry, archive);
    if (content.length !== entry.size || (0,node_zlib__WEBPACK_IMPORTED_MODULE_1__.crc32)(content) !== entry.crc)
        throw damaged(archive, `${member} is not whole`);
    return content;
}
function entriesOf(bytes, archive) {
    // A comment of up to 64 KiB may follow the end record.
    let end = bytes.length - END.length;
    while (end >= 0 && bytes.readUInt32LE(end) !== END.signature)
        end -= 1;
    if (end < 0)
        throw damaged(archive, 'it is no ZIP archive');
    const entries = [];
    let at = bytes.readUInt32LE(end + 16);
    for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
        if (at + ENTRY.length > end || bytes.readUInt32LE(at) !== ENTRY.signature)
            throw damaged(archive, 'its list of members cannot be read');
        const lengths = [28, 30, 32].map((offset) => bytes.readUInt16LE(at + offset));
        const [nameLength = 0] = lengths;
        entries.push({
            name: bytes.toString('utf8', at + ENTRY.length, at + ENTRY.length + nameLength),
            method: bytes.readUInt16LE(at + 10),
            crc: bytes.readUInt32LE(at + 16),
            packed: bytes.readUInt32LE(at + 20),
            size: bytes.readUInt32LE(at + 24),
            start: bytes.readUInt32LE(at + 42)
        });
        at += ENTRY.length + lengths.reduce((sum, length) => sum + length, 0);
    }
    return entries;
}
function unpack(packed, entry, archive) {
    if (entry.method === STORED)
        return packed;
    if (entry.method !== DEFLATED)
        throw damaged(archive, `${entry.name} is packed in an unknown way`);
    try {
        return (0,node_zlib__WEBPACK_IMPORTED_MODULE_1__.inflateRawSync)(packed, { maxOutputLength: Math.max(1, entry.size) });
    }
    catch (error) {
        throw damaged(archive, `${entry.name} cannot be unpacked`, error);
    }
}
function damaged(archive, why, cause) {
    return new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .GitOpsError */ .$(`The archive ${archive} cannot be unpacked: ${why}.`, {
        hint: 'Was it damaged on its way? Try again.',
        ...(cause === undefined ? {} : { cause })
    });
}


/***/ })

};
