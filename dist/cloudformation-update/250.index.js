export const id = 250;
export const ids = [250];
export const modules = {

/***/ 4250:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   isConfigured: () => (/* binding */ isConfigured)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9973);
/* harmony import */ var _kubeconfig_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7517);


/**
 * Whether there is anything that says how to reach a cluster: a kubeconfig with something in it, or the service account
 * of a pod. Nobody is asked; what there is may still be wrong.
 */
function isConfigured(kubeconfig, env) {
    if (env['KUBERNETES_SERVICE_HOST'])
        return true;
    try {
        const config = (0,_kubeconfig_js__WEBPACK_IMPORTED_MODULE_1__/* .loadKubeConfig */ .u)(kubeconfig, env);
        return config !== undefined && config.contexts.size + config.clusters.size > 0;
    }
    catch (error) {
        // A file that an earlier step would have written, or an empty secret.
        if (error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .GitOpsError */ .$)
            return false;
        throw error;
    }
}


/***/ }),

/***/ 7517:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   K: () => (/* binding */ selectContext),
/* harmony export */   u: () => (/* binding */ loadKubeConfig)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8161);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6760);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(9973);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(124);
/* harmony import */ var _render_yaml_index_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(867);






/**
 * Reads the kubeconfig as kubectl would: the text or path that was given, else the files of `KUBECONFIG` merged (the
 * first file that says something wins), else `~/.kube/config`. Undefined when there is none: then only an in-cluster
 * account is left.
 * @throws GitOpsError when a file that was asked for does not exist, or is no kubeconfig
 */
function loadKubeConfig(given, env) {
    if (given !== undefined && given.trim() !== '') {
        const text = inlineText(given);
        if (text !== undefined) {
            const origin = 'the given kubeconfig content';
            return merge([{ config: parse(text, origin), directory: process.cwd() }], origin);
        }
        const file = node_path__WEBPACK_IMPORTED_MODULE_2__.resolve(expandHome(given.trim(), env));
        return merge([readPart(file, true)].filter(isPresent), file);
    }
    const list = (env['KUBECONFIG'] ?? '').split(node_path__WEBPACK_IMPORTED_MODULE_2__.delimiter).filter((file) => file !== '');
    // No shell expands the home folder in the `env:` of a workflow.
    const files = list.length > 0 ? list.map((file) => expandHome(file, env)) : [node_path__WEBPACK_IMPORTED_MODULE_2__.join(homeOf(env), '.kube', 'config')];
    // Duplicates count once, missing files do not count: so does kubectl.
    const parts = [...new Set(files)].map((file) => readPart(node_path__WEBPACK_IMPORTED_MODULE_2__.resolve(file), false)).filter(isPresent);
    if (parts.length === 0) {
        if (list.length > 0 && !env['KUBERNETES_SERVICE_HOST'])
            throw new _errors_js__WEBPACK_IMPORTED_MODULE_3__/* .GitOpsError */ .$(`KUBECONFIG names ${list.join(', ')}, and no such file exists.`, {
                hint: 'Write the kubeconfig in an earlier step, or give its content or path as the input "kubeconfig".'
            });
        return undefined;
    }
    return merge(parts, files.join(node_path__WEBPACK_IMPORTED_MODULE_2__.delimiter));
}
/**
 * The context by its name, or the current one.
 * @throws GitOpsError naming the known contexts, or what the context refers to in vain
 */
function selectContext(config, wanted) {
    const known = [...config.contexts.keys()].sort();
    const name = wanted ?? config.currentContext;
    const hint = known.length > 0 ? `It has: ${known.join(', ')}.` : 'It has no contexts at all.';
    if (name === undefined || name === '') {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_3__/* .GitOpsError */ .$(`No context was given and ${config.origin} has no current-context.`, {
            hint: `${hint} Give one as the input "context".`
        });
    }
    const context = config.contexts.get(name);
    if (!context)
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_3__/* .GitOpsError */ .$(`Context "${name}" is not in ${config.origin}.`, { hint });
    const clusterName = (0,_json_js__WEBPACK_IMPORTED_MODULE_4__/* .asString */ .oJ)(context.value['cluster']) ?? '';
    const userName = (0,_json_js__WEBPACK_IMPORTED_MODULE_4__/* .asString */ .oJ)(context.value['user']) ?? '';
    const cluster = config.clusters.get(clusterName);
    if (!cluster)
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_3__/* .GitOpsError */ .$(`Context "${name}" of ${config.origin} refers to cluster "${clusterName}", which is missing.`, {
            hint: `Clusters there: ${[...config.clusters.keys()].sort().join(', ') || 'none'}.`
        });
    const user = config.users.get(userName);
    if (!user && userName !== '')
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_3__/* .GitOpsError */ .$(`Context "${name}" of ${config.origin} refers to user "${userName}", which is missing.`, {
            hint: `Users there: ${[...config.users.keys()].sort().join(', ') || 'none'}.`
        });
    return {
        name,
        namespace: (0,_json_js__WEBPACK_IMPORTED_MODULE_4__/* .asString */ .oJ)(context.value['namespace']) || undefined,
        cluster,
        user: user ?? { value: {}, directory: cluster.directory },
        userName
    };
}
/** Kubeconfig content, when `given` is content and not a path: YAML, JSON, or either in base64 (as secrets often hold it). */
function inlineText(given) {
    if (given.includes('\n') || given.trimStart().startsWith('{'))
        return fromBase64(given) ?? given;
    return fromBase64(given);
}
function fromBase64(given) {
    const packed = given.replace(/\s+/g, '');
    if (packed.length < 40 || !/^[A-Za-z0-9+/]+=*$/.test(packed))
        return undefined;
    const text = Buffer.from(packed, 'base64').toString('utf8');
    return /\b(apiVersion|clusters|contexts)\b/.test(text) ? text : undefined;
}
function readPart(file, required) {
    let text;
    try {
        text = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)(file, 'utf8');
    }
    catch (error) {
        const code = error instanceof Error && 'code' in error ? error.code : undefined;
        if (code === 'ENOENT' && !required)
            return undefined;
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_3__/* .GitOpsError */ .$(code === 'ENOENT'
            ? `Kubeconfig ${file} does not exist.`
            : `Kubeconfig ${file} cannot be read: ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .messageOf */ .b)(error)}`, { hint: 'Give the path or the content of a kubeconfig file as the input "kubeconfig".', cause: error });
    }
    return { config: parse(text, file), directory: node_path__WEBPACK_IMPORTED_MODULE_2__.dirname(file) };
}
function parse(text, origin) {
    let value;
    try {
        value = (0,_render_yaml_index_js__WEBPACK_IMPORTED_MODULE_5__/* .readYaml */ .P)(text, origin)[0]?.value;
    }
    catch (error) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_3__/* .GitOpsError */ .$(`The kubeconfig is not valid YAML: ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .messageOf */ .b)(error)}`);
    }
    const config = (0,_json_js__WEBPACK_IMPORTED_MODULE_4__/* .asObject */ .eB)(value ?? {});
    const kind = config ? (0,_json_js__WEBPACK_IMPORTED_MODULE_4__/* .asString */ .oJ)(config['kind']) : undefined;
    if (!config || (kind !== undefined && kind !== 'Config'))
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_3__/* .GitOpsError */ .$(`${origin} is not a kubeconfig: it is ${kind ?? 'no object'}, not a kind Config.`, {
            hint: 'A kubeconfig has the keys clusters, users and contexts.'
        });
    return config;
}
function merge(parts, origin) {
    return {
        currentContext: parts.map((part) => (0,_json_js__WEBPACK_IMPORTED_MODULE_4__/* .asString */ .oJ)(part.config['current-context'])).find((name) => !!name),
        contexts: entries(parts, 'contexts', 'context'),
        clusters: entries(parts, 'clusters', 'cluster'),
        users: entries(parts, 'users', 'user'),
        origin
    };
}
function entries(parts, list, key) {
    const found = new Map();
    for (const { config, directory } of parts) {
        for (const item of (0,_json_js__WEBPACK_IMPORTED_MODULE_4__/* .asList */ .DD)(config[list]) ?? []) {
            const entry = (0,_json_js__WEBPACK_IMPORTED_MODULE_4__/* .asObject */ .eB)(item);
            const name = (0,_json_js__WEBPACK_IMPORTED_MODULE_4__/* .asString */ .oJ)(entry?.['name']);
            if (entry === undefined || name === undefined || found.has(name))
                continue;
            const value = entry[key];
            found.set(name, { value: (0,_json_js__WEBPACK_IMPORTED_MODULE_4__/* .isObject */ .Gv)(value) ? value : {}, directory });
        }
    }
    return found;
}
function expandHome(file, env) {
    return file === '~' || file.startsWith('~/') ? node_path__WEBPACK_IMPORTED_MODULE_2__.join(homeOf(env), file.slice(1)) : file;
}
function homeOf(env) {
    return env['HOME'] || node_os__WEBPACK_IMPORTED_MODULE_1__.homedir();
}
function isPresent(value) {
    return value !== undefined;
}


/***/ })

};
