export const id = 722;
export const ids = [722];
export const modules = {

/***/ 9722:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   downloadRelease: () => (/* binding */ downloadRelease),
/* harmony export */   downloadTool: () => (/* binding */ downloadTool)
/* harmony export */ });
/* unused harmony exports DOWNLOAD_BASE, checksumIn */
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3024);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1455);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8161);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(6760);
/* harmony import */ var _actions_tool_cache__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(6937);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(9973);
/* harmony import */ var _releases_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(6820);








/** A mirror to download from instead: `<base>/<host>/<path>` for every `https://<host>/<path>`. */
const DOWNLOAD_BASE = 'GITOPS_ACTIONS_DOWNLOAD_BASE';
/**
 * The pinned release of a tool from the runner's tool cache, downloaded into it if it is not there yet. The download is
 * checked by SHA-256 before anything of it is unpacked or run.
 * @throws GitOpsError when this platform has none, the download fails, or it is not what was released
 */
async function downloadTool(name, options) {
    return downloadRelease(name, options.release ?? _releases_js__WEBPACK_IMPORTED_MODULE_7__/* .RELEASES */ .pH[name], options);
}
/** The same for a release that is not pinned: it is checked against the file beside it. */
async function downloadRelease(name, release, { log, env }) {
    const platform = platformOf(name);
    await prepareCache();
    const cached = _actions_tool_cache__WEBPACK_IMPORTED_MODULE_5__/* .find */ .I6(name, release.version, platform);
    if (cached !== '')
        return node_path__WEBPACK_IMPORTED_MODULE_4__.join(cached, name);
    const url = mirrored(release.url(platform), env);
    log.info(`Downloading ${name} ${release.version} from ${url}`);
    const file = await fetchFile(name, url);
    try {
        await verify(`${name} ${release.version}`, file, url, await expectedChecksum(name, release, platform, env));
        const program = release.member ? await unpack(file, url, release.member(platform)) : file;
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.chmod)(program, 0o755);
        const cachedIn = await _actions_tool_cache__WEBPACK_IMPORTED_MODULE_5__/* .cacheFile */ .NJ(program, name, name, release.version, platform);
        if (program !== file)
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.rm)(program, { force: true });
        return node_path__WEBPACK_IMPORTED_MODULE_4__.join(cachedIn, name);
    }
    finally {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.rm)(file, { force: true });
    }
}
function platformOf(name) {
    const architecture = { x64: 'amd64', arm64: 'arm64' }[process.arch];
    if ((process.platform !== 'linux' && process.platform !== 'darwin') || architecture === undefined)
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_6__/* .GitOpsError */ .$(`there is no download of ${name} for ${process.platform} ${process.arch}.`, {
            hint: `Install ${name} on the runner.`
        });
    return `${process.platform}-${architecture}`;
}
/** Outside of a runner, the tool cache is the user's own. */
async function prepareCache() {
    const cacheHome = process.env['XDG_CACHE_HOME'] || node_path__WEBPACK_IMPORTED_MODULE_4__.join((0,node_os__WEBPACK_IMPORTED_MODULE_3__.homedir)(), '.cache');
    process.env['RUNNER_TOOL_CACHE'] ||= node_path__WEBPACK_IMPORTED_MODULE_4__.join(cacheHome, 'gitops-actions', 'tools');
    process.env['RUNNER_TEMP'] ||= (0,node_os__WEBPACK_IMPORTED_MODULE_3__.tmpdir)();
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.mkdir)(process.env['RUNNER_TOOL_CACHE'], { recursive: true });
}
function mirrored(url, env) {
    const base = env[DOWNLOAD_BASE]?.trim();
    if (!base)
        return url;
    if (!/^https:\/\//.test(base) && !/^http:\/\/(?:127\.\d+\.\d+\.\d+|localhost|\[::1\])(?::\d+)?(?:\/|$)/.test(base))
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_6__/* .GitOpsError */ .$(`${DOWNLOAD_BASE} is "${base}", and must be an https:// address.`);
    return `${base.replace(/\/+$/, '')}/${url.slice('https://'.length)}`;
}
async function fetchFile(name, url) {
    try {
        return await _actions_tool_cache__WEBPACK_IMPORTED_MODULE_5__/* .downloadTool */ .bq(url);
    }
    catch (error) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_6__/* .GitOpsError */ .$(`${name} could not be downloaded from ${url}: ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_6__/* .messageOf */ .b)(error)}.`, {
            hint: `Install ${name} on the runner, make the address reachable, or name a mirror in ${DOWNLOAD_BASE}.`,
            cause: error
        });
    }
}
async function expectedChecksum(name, release, platform, env) {
    const pinned = release.sha256[platform];
    if (pinned !== undefined)
        return pinned;
    const url = mirrored(release.checksumUrl(platform), env);
    const file = await fetchFile(name, url);
    const text = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.readFile)(file, 'utf8').finally(() => (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.rm)(file, { force: true }));
    const published = checksumIn(text, decodeURIComponent(node_path__WEBPACK_IMPORTED_MODULE_4__.posix.basename(new URL(release.url(platform)).pathname)));
    if (published === undefined)
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_6__/* .GitOpsError */ .$(`${url} says no checksum of ${name} ${release.version} for ${platform}.`, {
            hint: `Install ${name} on the runner.`
        });
    return published;
}
/** The checksum of a file in `<hash>`, or in lines of `<hash>  <file>` or `<hash> *<file>`. */
function checksumIn(text, file) {
    const lines = text.split('\n').map((line) => /^([0-9a-f]{64})(?:\s+\*?(?:\.\/)?(\S+))?\s*$/i.exec(line.trim()));
    const found = lines.find((line) => line?.[2] === file) ??
        (lines.length <= 2 && lines[0]?.[2] === undefined ? lines[0] : undefined);
    return found?.[1]?.toLowerCase();
}
async function verify(what, file, url, expected) {
    const hash = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256');
    for await (const chunk of (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.createReadStream)(file))
        hash.update(chunk);
    const actual = hash.digest('hex');
    if (actual === expected)
        return;
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_6__/* .GitOpsError */ .$(`What ${url} gave is not ${what}: its SHA-256 is ${actual}, and should be ${expected}.`, {
        hint: 'It was damaged or replaced on its way. Nothing of it was run. Try again; if it stays, look at the mirror or proxy.'
    });
}
async function unpack(file, url, member) {
    if (new URL(url).pathname.endsWith('.zip')) {
        const { unzipMember } = await __webpack_require__.e(/* import() */ 258).then(__webpack_require__.bind(__webpack_require__, 258));
        const program = `${file}-${node_path__WEBPACK_IMPORTED_MODULE_4__.basename(member)}`;
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.writeFile)(program, await unzipMember(file, member));
        return program;
    }
    const directory = await _actions_tool_cache__WEBPACK_IMPORTED_MODULE_5__/* .extractTar */ .nN(file);
    return node_path__WEBPACK_IMPORTED_MODULE_4__.join(directory, member);
}


/***/ })

};
