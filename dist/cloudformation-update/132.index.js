export const id = 132;
export const ids = [132];
export const modules = {

/***/ 9132:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   whyUnreachable: () => (/* binding */ whyUnreachable)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8161);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6760);
/* harmony import */ var _toolchain_git_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(9592);




/**
 * Whether a commit belongs to what the repository has accepted: to the history of the checkout, of the remote's default
 * branch, or of a tag. GitHub serves any commit of any fork by its id, so that a commit can be fetched says nothing.
 * A checkout is mostly shallow; then the history is asked for, commits alone without their files, into a folder of its
 * own, so that the job's checkout stays as it is.
 * @returns undefined when it does, else the reason why it does not, or cannot be known
 */
async function whyUnreachable(revision, options) {
    const { exec, top, temporary } = options;
    const head = await (0,_toolchain_git_js__WEBPACK_IMPORTED_MODULE_3__/* .headCommit */ .Qo)(exec, top);
    const isAncestor = async (of) => (await (0,_toolchain_git_js__WEBPACK_IMPORTED_MODULE_3__/* .git */ .$Y)(exec, top, ['merge-base', '--is-ancestor', revision, of])).code === 0;
    if (head === undefined || head === revision || (await isAncestor(head)))
        return undefined;
    const remote = (await (0,_toolchain_git_js__WEBPACK_IMPORTED_MODULE_3__/* .git */ .$Y)(exec, top, ['remote', 'get-url', 'origin'])).stdout.trim();
    if (remote === '')
        return 'it is not in the history of the checkout, which has no remote "origin" to ask';
    const folder = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdtemp)(node_path__WEBPACK_IMPORTED_MODULE_2__.join(temporary ?? (0,node_os__WEBPACK_IMPORTED_MODULE_1__.tmpdir)(), 'gitops-history-'));
    try {
        const config = [...(await inherited(exec, top)), ...options.config];
        await (0,_toolchain_git_js__WEBPACK_IMPORTED_MODULE_3__/* .git */ .$Y)(exec, top, ['init', '--quiet', '--bare', folder]);
        const fetch = (...what) => (0,_toolchain_git_js__WEBPACK_IMPORTED_MODULE_3__/* .git */ .$Y)(exec, folder, ['fetch', '--quiet', '--no-tags', '--filter=tree:0', located(top, remote), ...what], config);
        const trunk = await fetch('+HEAD:refs/trunk');
        if (trunk.code === 0 && (await holds(exec, folder, revision)))
            return undefined;
        // Servers that give no commit by its id have the branches of the checkout all the same, or the checkout is whole.
        await fetch(`+${head}:refs/checkout`);
        if (await holds(exec, folder, revision))
            return undefined;
        const tags = await fetch('+refs/tags/*:refs/tags/*');
        if (await holds(exec, folder, revision))
            return undefined;
        const failed = [trunk, tags].find((one) => one.code !== 0);
        if (failed)
            return `the history of the repository cannot be read: ${failed.stderr.trim().split('\n').at(-1) ?? ''}`;
        return 'it is neither in the history of the checkout, nor of the default branch, nor of a tag';
    }
    finally {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rm)(folder, { recursive: true, force: true });
    }
}
/** Listed rather than asked for: asking a partial clone for a commit that it lacks would fetch it. */
async function holds(exec, folder, revision) {
    const listed = await (0,_toolchain_git_js__WEBPACK_IMPORTED_MODULE_3__/* .git */ .$Y)(exec, folder, ['rev-list', '--all']);
    return listed.code === 0 && listed.stdout.split('\n').includes(revision);
}
/** What the checkout itself reaches its remote with. */
async function inherited(exec, top) {
    const found = await (0,_toolchain_git_js__WEBPACK_IMPORTED_MODULE_3__/* .git */ .$Y)(exec, top, ['config', '-z', '--get-regexp', '^(http\\..*extraheader|core\\.sshcommand)$']);
    if (found.code !== 0)
        return [];
    return found.stdout
        .split('\0')
        .filter((entry) => entry !== '')
        .map((entry) => {
        const end = entry.indexOf('\n');
        return [entry.slice(0, end), entry.slice(end + 1)];
    });
}
/** A remote that is a folder beside the checkout is meant from there. */
function located(top, remote) {
    return /^\.{1,2}(\/|$)/.test(remote) ? node_path__WEBPACK_IMPORTED_MODULE_2__.resolve(top, remote) : remote;
}


/***/ })

};
