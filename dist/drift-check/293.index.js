export const id = 293;
export const ids = [293,343];
export const modules = {

/***/ 5343:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Dh: () => (/* binding */ explainForbidden),
/* harmony export */   FM: () => (/* binding */ describeForbidden),
/* harmony export */   describeApiError: () => (/* binding */ describeApiError),
/* harmony export */   t4: () => (/* binding */ ALLOWED_BY)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9973);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(124);
/* harmony import */ var _roles_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3669);



/** What stands before roles in a hint. */
const ALLOWED_BY = 'This would allow it:';
/**
 * Reads which right was missing from a 403, or undefined when it was not RBAC that refused (an admission plugin, a
 * quota, a terminating namespace).
 */
function explainForbidden(error) {
    if (error.code !== 403)
        return undefined;
    // `deployments.apps "web" is forbidden: User "ci" cannot patch resource "deployments" in API group "apps" in the namespace "shop"`
    const match = /User "([^"]*)" cannot (\S+) resource "([^"]+)" in API group "([^"]*)"(?: in the namespace "([^"]+)"| at the cluster scope)?/.exec(error.message);
    if (!match)
        return undefined;
    const [, user = '', verb = '', resource = '', group = '', namespace] = match;
    const name = (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asString */ .oJ)(error.details?.['name']) || undefined;
    const need = { user, verb, group, resource, namespace };
    return { ...need, name, role: (0,_roles_js__WEBPACK_IMPORTED_MODULE_2__/* .rolesFor */ .Z)([need]) };
}
/**
 * An error of the API server as one for a person: what was being done, why it failed, what to do. `doing` is a
 * sentence's start such as `Applying Deployment shop/web`.
 */
function describeApiError(error, doing) {
    const details = error.causes.map((cause) => [cause.field, cause.message].filter(Boolean).join(': '));
    const options = { details: details.length > 1 ? details : [], cause: error };
    const forbidden = explainForbidden(error);
    if (forbidden) {
        const where = forbidden.namespace ? `in the namespace "${forbidden.namespace}"` : 'in the whole cluster';
        const what = forbidden.group === '' ? forbidden.resource : `${forbidden.resource}.${forbidden.group}`;
        return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .GitOpsError */ .$(`${doing}: the user "${forbidden.user}" may not ${forbidden.verb} ${what} ${where}.`, {
            hint: `${ALLOWED_BY}\n${forbidden.role}`,
            cause: error
        });
    }
    const path = /User "([^"]*)" cannot (\S+) path "([^"]*)"/.exec(error.message);
    if (path)
        return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .GitOpsError */ .$(`${doing}: the user "${path[1]}" may not ${path[2]} ${path[3]}.`, {
            hint: path[1] === 'system:anonymous'
                ? 'The request carried no credentials: the user in the kubeconfig has none.'
                : 'Bind the user to the ClusterRole system:discovery.',
            cause: error
        });
    const namespace = /unable to create new content in namespace (\S+) because it is being terminated/.exec(error.message);
    if (namespace)
        return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .GitOpsError */ .$(`${doing}: the namespace "${namespace[1]}" is being deleted.`, {
            hint: 'Wait until it is gone and run again; a finalizer may hold it (kubectl get namespace -o yaml shows which).',
            cause: error
        });
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .GitOpsError */ .$(`${doing}: ${error.message}`, { ...options, ...hintOf(error) });
}
/**
 * Several refusals of RBAC as one error with one text of roles. `also` are the verbs that will be asked for next: else
 * each run would only tell of one more.
 */
function describeForbidden(errors, doing, also) {
    const found = errors.flatMap((error) => explainForbidden(error) ?? []);
    const roles = (0,_roles_js__WEBPACK_IMPORTED_MODULE_2__/* .rolesFor */ .Z)(found.flatMap((need) => [need, ...also.map((verb) => ({ ...need, verb }))]));
    const sentences = errors.map((error) => describeApiError(error, doing).message);
    const [first] = sentences;
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .GitOpsError */ .$(sentences.length === 1 && first !== undefined ? first : `${doing}: ${sentences.length} rights are missing.`, {
        details: sentences.length === 1 ? [] : sentences,
        hint: found.length === 0 ? 'See what the credentials may do: kubectl auth can-i --list.' : `${ALLOWED_BY}\n${roles}`,
        cause: errors[0]
    });
}
function hintOf(error) {
    if (/field not declared in schema|unknown field/.test(error.message))
        return { hint: 'Check the spelling and the indentation of that field against the API reference of this kind.' };
    if (/attempting to grant RBAC permissions not currently held/.test(error.message))
        return {
            hint: 'Nobody can give away rights that they do not have: bind the deployer to a role with these rights, or allow it the verb escalate (for bindings: bind) on roles.'
        };
    if (/exceeded quota/.test(error.message))
        return { hint: 'Ask for less, or raise the ResourceQuota of the namespace.' };
    if (/failed calling webhook|failed to call webhook/.test(error.message))
        return {
            hint: 'The admission webhook is broken or not ready: look at the pods behind its Service, then run again.'
        };
    if (error.code === 413 || /request is too large|etcdserver: request is too large/.test(error.message))
        return { hint: 'An object may have about 1.5 MiB: split it, or move large content out of it.' };
    if (/field is immutable/.test(error.message))
        return { hint: 'The field cannot be changed on a live object: the object must be deleted and created again.' };
    return {};
}


/***/ }),

/***/ 293:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  connect: () => (/* binding */ connect)
});

// UNUSED EXPORTS: describeApiError, explainForbidden, unknownKind

// EXTERNAL MODULE: ./src/toolchain/exec.js + 1 modules
var toolchain_exec = __webpack_require__(6422);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./src/errors.js
var errors = __webpack_require__(9973);
// EXTERNAL MODULE: ./src/json.js
var json = __webpack_require__(124);
// EXTERNAL MODULE: ./src/targets/kubernetes/client/kubeconfig.js
var client_kubeconfig = __webpack_require__(7517);
;// CONCATENATED MODULE: ./src/targets/kubernetes/client/access.js





const SERVICE_ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount';
/**
 * Finds out how to reach the cluster: kubeconfig (given, `KUBECONFIG`, `~/.kube/config`), else the service account of
 * the pod that the job runs in.
 * @throws GitOpsError when there is neither, or the kubeconfig or context is wrong
 */
function findAccess(kubeconfig, context, env, serviceAccountDirectory = SERVICE_ACCOUNT) {
    const config = (0,client_kubeconfig/* loadKubeConfig */.u)(kubeconfig, env);
    const empty = config === undefined || (config.contexts.size === 0 && config.clusters.size === 0);
    const wanted = context?.trim() || undefined;
    if (config && (!empty || wanted !== undefined || kubeconfig?.trim())) {
        const selected = (0,client_kubeconfig/* selectContext */.K)(config, wanted);
        const origin = `context "${selected.name}" of ${config.origin}`;
        return {
            ...readCluster(selected.cluster, origin),
            namespace: selected.namespace,
            user: readUser(selected.user, selected.userName, selected.cluster, origin)
        };
    }
    const inCluster = readServiceAccount(env, serviceAccountDirectory);
    if (inCluster && wanted === undefined)
        return inCluster;
    throw new errors/* GitOpsError */.$(wanted === undefined
        ? 'No cluster is configured: there is no kubeconfig.'
        : `Context "${wanted}" was asked for, but there is no kubeconfig.`, {
        hint: 'Give the input "kubeconfig" (a path or the content), or set KUBECONFIG in an earlier step, for example with aws eks update-kubeconfig.'
    });
}
function readCluster(entry, origin) {
    const { value, directory } = entry;
    refuseOtherThanText(value, CLUSTER_TEXTS, `The cluster of ${origin}`);
    const server = (0,json/* asString */.oJ)(value['server'])?.trim();
    if (!server)
        throw new errors/* GitOpsError */.$(`The cluster of ${origin} has no server.`);
    if (!URL.canParse(server) || !/^https?:$/.test(new URL(server).protocol))
        throw new errors/* GitOpsError */.$(`The server of ${origin} is "${server}", which is not an http or https URL.`, {
            hint: 'Write it with its scheme, such as https://10.0.0.1:6443.'
        });
    return {
        server: server.replace(/\/+$/, ''),
        origin,
        ca: pem(value, 'certificate-authority', directory, origin),
        insecure: value['insecure-skip-tls-verify'] === true,
        serverName: (0,json/* asString */.oJ)(value['tls-server-name']) || undefined,
        proxyUrl: (0,json/* asString */.oJ)(value['proxy-url']) || undefined,
        compression: value['disable-compression'] !== true
    };
}
function readUser(entry, name, cluster, origin) {
    const { value, directory } = entry;
    const who = `User "${name}" of ${origin}`;
    refuseOtherThanText(value, USER_TEXTS, who);
    const authProvider = (0,json/* asObject */.eB)(value['auth-provider']);
    if (authProvider)
        throw new errors/* GitOpsError */.$(`${who} uses the auth-provider "${(0,json/* asString */.oJ)(authProvider['name']) ?? ''}", which Kubernetes removed in 1.26.`, {
            hint: 'Use an exec plugin instead (gke-gcloud-auth-plugin, kubelogin, aws eks get-token), or a token or client certificate.'
        });
    // Whoever keeps a token in a file or a secret easily keeps a line end with it.
    const token = (0,json/* asString */.oJ)(value['token'])?.trim();
    const tokenFile = (0,json/* asString */.oJ)(value['tokenFile']);
    const username = (0,json/* asString */.oJ)(value['username']);
    const exec = (0,json/* asObject */.eB)(value['exec']);
    const certificate = pem(value, 'client-certificate', directory, origin);
    const key = pem(value, 'client-key', directory, origin);
    if ((certificate === undefined) !== (key === undefined))
        throw new errors/* GitOpsError */.$(`${who} has a client ${certificate ? 'certificate without its key' : 'key without its certificate'}.`, { hint: 'client-certificate(-data) and client-key(-data) belong together.' });
    return {
        name,
        ...(token ? { token } : {}),
        ...(tokenFile ? { tokenFile: external_node_path_.resolve(directory, tokenFile) } : {}),
        ...(username ? { basic: { username, password: (0,json/* asString */.oJ)(value['password']) ?? '' } } : {}),
        ...(certificate && key ? { certificate, key } : {}),
        ...(exec ? { exec: readExec(exec, directory, cluster, who) } : {}),
        impersonate: impersonation(value, who)
    };
}
function readExec(exec, directory, cluster, who) {
    const command = (0,json/* asString */.oJ)(exec['command']);
    const apiVersion = (0,json/* asString */.oJ)(exec['apiVersion']);
    if (!command || !apiVersion)
        throw new errors/* GitOpsError */.$(`${who} has an exec plugin without command or apiVersion.`);
    if (!/^client\.authentication\.k8s\.io\/(v1|v1beta1)$/.test(apiVersion))
        throw new errors/* GitOpsError */.$(`${who} has an exec plugin of apiVersion "${apiVersion}", which is not supported.`, {
            hint: 'client.authentication.k8s.io/v1 and v1beta1 are; update the plugin and write the kubeconfig again.'
        });
    const env = {};
    for (const item of (0,json/* asList */.DD)(exec['env']) ?? []) {
        const name = (0,json/* asString */.oJ)((0,json/* asObject */.eB)(item)?.['name']);
        if (name)
            env[name] = (0,json/* asString */.oJ)((0,json/* asObject */.eB)(item)?.['value']) ?? '';
    }
    const extension = ((0,json/* asList */.DD)(cluster.value['extensions']) ?? [])
        .map(json/* asObject */.eB)
        .find((item) => item?.['name'] === 'client.authentication.k8s.io/exec');
    return {
        apiVersion,
        // As kubectl: a bare name is searched on PATH, a relative path starts at the kubeconfig.
        command: /[/\\]/.test(command) ? external_node_path_.resolve(directory, command) : command,
        args: ((0,json/* asList */.DD)(exec['args']) ?? []).map((arg) => String(arg)),
        env,
        installHint: (0,json/* asString */.oJ)(exec['installHint']),
        provideClusterInfo: exec['provideClusterInfo'] === true,
        interactiveMode: (0,json/* asString */.oJ)(exec['interactiveMode']) ?? 'IfAvailable',
        config: (0,json/* asObject */.eB)(extension?.['extension'])
    };
}
const CLUSTER_TEXTS = [
    'server',
    'certificate-authority',
    'certificate-authority-data',
    'tls-server-name',
    'proxy-url'
];
const USER_TEXTS = [
    'token',
    'tokenFile',
    'username',
    'password',
    'client-certificate',
    'client-certificate-data',
    'client-key',
    'client-key-data',
    'as',
    'as-uid'
];
/** A token of digits alone that was not quoted would else count as none, and the request go out as nobody's. */
function refuseOtherThanText(value, keys, who) {
    const wrong = keys.find((key) => value[key] !== undefined && value[key] !== null && typeof value[key] !== 'string');
    if (wrong === undefined)
        return;
    const kind = typeof value[wrong] === 'object' ? 'a list or a mapping' : `a ${typeof value[wrong]}`;
    throw new errors/* GitOpsError */.$(`${who} has a ${wrong} that is ${kind}, and must be text.`, {
        hint: 'Put the value in quotes.'
    });
}
function impersonation(user, who) {
    const headers = {};
    const as = (0,json/* asString */.oJ)(user['as']);
    if (!as) {
        // As client-go: to go on without them would be to go on with all rights of the user itself.
        const other = ['as-uid', 'as-groups', 'as-user-extra'].find((key) => isGiven(user[key]));
        if (other === undefined)
            return headers;
        throw new errors/* GitOpsError */.$(`${who} has ${other} without "as": groups and the like are only taken on with a user.`, {
            hint: 'Name the user to be impersonated with "as", or remove the line.'
        });
    }
    headers['Impersonate-User'] = as;
    const uid = (0,json/* asString */.oJ)(user['as-uid']);
    if (uid)
        headers['Impersonate-Uid'] = uid;
    const groups = ((0,json/* asList */.DD)(user['as-groups']) ?? []).map(String);
    if (groups.length > 0)
        headers['Impersonate-Group'] = groups;
    for (const [key, values] of Object.entries((0,json/* asObject */.eB)(user['as-user-extra']) ?? {}))
        headers[`Impersonate-Extra-${encodeURIComponent(key)}`] = ((0,json/* asList */.DD)(values) ?? []).map(String);
    return headers;
}
function isGiven(value) {
    return value !== undefined && value !== null && value !== '' && ((0,json/* asList */.DD)(value)?.length ?? 1) > 0;
}
/** `<key>-data` (base64) goes before `<key>` (a file), as with kubectl. */
function pem(value, key, directory, origin) {
    const data = (0,json/* asString */.oJ)(value[`${key}-data`]);
    if (data) {
        const text = Buffer.from(data, 'base64').toString('utf8');
        if (!text.includes('-----BEGIN'))
            throw new errors/* GitOpsError */.$(`${key}-data of ${origin} is not a PEM text in base64.`, {
                hint: 'Write the kubeconfig again, or check that the secret it comes from was stored whole.'
            });
        return { text };
    }
    const file = (0,json/* asString */.oJ)(value[key]);
    return file ? { file: external_node_path_.resolve(directory, file) } : undefined;
}
/** The text of a PEM, read from its file each time it is asked for. */
function readPem(source, what) {
    if ('text' in source)
        return source.text;
    try {
        return (0,external_node_fs_.readFileSync)(source.file, 'utf8');
    }
    catch (error) {
        throw new errors/* GitOpsError */.$(`The ${what} ${source.file} cannot be read: ${(0,errors/* messageOf */.b)(error)}`, {
            hint: 'Relative paths in a kubeconfig start at the folder of that kubeconfig.',
            cause: error
        });
    }
}
function readServiceAccount(env, directory) {
    const host = env['KUBERNETES_SERVICE_HOST'];
    const port = env['KUBERNETES_SERVICE_PORT'];
    const tokenFile = external_node_path_.join(directory, 'token');
    if (!host || !port)
        return undefined;
    // A pod without an account: as if there were no cluster around.
    if (readIfThere(tokenFile) === undefined)
        return undefined;
    return {
        server: `https://${host.includes(':') ? `[${host}]` : host}:${port}`,
        origin: 'the service account of this pod',
        // A token that was mounted by hand may come without it.
        namespace: readIfThere(external_node_path_.join(directory, 'namespace'))?.trim() || undefined,
        ca: { file: external_node_path_.join(directory, 'ca.crt') },
        insecure: false,
        serverName: undefined,
        proxyUrl: undefined,
        compression: true,
        user: { name: 'service account', tokenFile, impersonate: {} }
    };
}
function readIfThere(file) {
    try {
        return (0,external_node_fs_.readFileSync)(file, 'utf8');
    }
    catch {
        return undefined;
    }
}

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
;// CONCATENATED MODULE: ./src/targets/kubernetes/client/exec-plugin.js




const PLUGIN_TIMEOUT = 60_000;
/** A credential is renewed this long before it expires, so that no request is sent with one that dies on its way. */
const RENEW_BEFORE = 60_000;
/** A 401 makes the plugin run again, but not more often than this: a server that refuses everything must not start it in a loop. */
const RENEW_INTERVAL = 5_000;
/**
 * Credentials from a client-go credential plugin (`aws eks get-token`, kubelogin, gke-gcloud-auth-plugin …): run once,
 * shared by all requests, run again shortly before what it gave expires and when the server answers 401.
 */
function execPlugin(spec, access, certificate, dependencies) {
    if (spec.interactiveMode === 'Always')
        throw new errors/* GitOpsError */.$(`The exec plugin ${spec.command} of user "${access.user.name}" wants a terminal.`, {
            hint: 'A job has none. Use a login that needs no person (OIDC of the runner, a service account, a role).'
        });
    let issued;
    let running;
    const run = async () => {
        const answer = await runPlugin(spec, access, dependencies);
        issued = issue(answer, spec, access, certificate, dependencies.mask);
        return issued;
    };
    return {
        async current() {
            if (issued && (issued.renewAt === undefined || Date.now() < issued.renewAt))
                return issued.credential;
            running ??= run().finally(() => {
                running = undefined;
            });
            return (await running).credential;
        },
        renew(used) {
            if (issued?.credential !== used)
                return true; // another request has already renewed it
            if (Date.now() - issued.issuedAt < RENEW_INTERVAL)
                return false;
            issued = undefined;
            return true;
        }
    };
}
async function runPlugin(spec, access, { exec, env, log, signal }) {
    log.debug(`Running the exec plugin ${spec.command} for the credentials of ${access.origin}`);
    const info = (0,json/* stringifyJson */.sd)({
        apiVersion: spec.apiVersion,
        kind: 'ExecCredential',
        spec: { interactive: false, ...(spec.provideClusterInfo ? { cluster: clusterInfo(spec, access) } : {}) }
    });
    const options = {
        env: { ...(0,toolchain_exec/* withoutInputs */.i)(env), ...spec.env, KUBERNETES_EXEC_INFO: info },
        timeout: PLUGIN_TIMEOUT,
        allowFailure: true,
        ...(signal ? { signal } : {})
    };
    const hint = spec.installHint?.trim() || `The kubeconfig (${access.origin}) asks for it.`;
    let result;
    try {
        result = await exec(spec.command, spec.args, options);
    }
    catch (error) {
        if (signal?.aborted)
            throw error;
        throw new errors/* GitOpsError */.$(`The credentials of ${access.origin} cannot be had: ${(0,errors/* messageOf */.b)(error)}.`.replace('..', '.'), {
            hint,
            cause: error
        });
    }
    if (result.code !== 0)
        // Only stderr is told: stdout is where a credential would be.
        throw new errors/* GitOpsError */.$(`The credentials of ${access.origin} cannot be had: ${spec.command} ended with exit code ${result.code}: ${lastLines(result.stderr) || 'it said nothing'}`, { hint: 'Run the step that logs in to the cloud before this one, and check its role.' });
    return result.stdout;
}
function issue(answer, spec, access, certificate, mask) {
    const bad = (what) => new errors/* GitOpsError */.$(`The exec plugin ${spec.command} of ${access.origin} ${what}.`, {
        hint: 'Its output must be an ExecCredential as JSON; run it by hand to see what it prints.'
    });
    let credential;
    try {
        credential = (0,json/* asObject */.eB)((0,json/* parseJson */.qF)(answer));
    }
    catch {
        throw bad('did not print JSON');
    }
    if (credential?.['kind'] !== 'ExecCredential')
        throw bad('did not print an ExecCredential');
    if (credential['apiVersion'] !== spec.apiVersion)
        throw bad(`answered with apiVersion "${(0,json/* asString */.oJ)(credential['apiVersion']) ?? ''}" where the kubeconfig says "${spec.apiVersion}"`);
    const status = (0,json/* asObject */.eB)(credential['status']);
    const token = (0,json/* asString */.oJ)(status?.['token'])?.trim();
    const cert = (0,json/* asString */.oJ)(status?.['clientCertificateData']);
    const key = (0,json/* asString */.oJ)(status?.['clientKeyData']);
    if (!token && !(cert && key))
        throw bad('gave neither a token nor a client certificate with its key');
    const expiry = (0,json/* asString */.oJ)(status?.['expirationTimestamp']);
    const expiresAt = expiry === undefined ? Number.NaN : Date.parse(expiry);
    if (expiry !== undefined && Number.isNaN(expiresAt))
        throw bad('gave an expirationTimestamp that is no RFC 3339 time');
    if (token)
        mask(token);
    if (key)
        mask(key);
    const issuedAt = Date.now();
    const margin = Math.min(RENEW_BEFORE, Math.max(0, expiresAt - issuedAt) / 4); // short-lived ones: the last quarter
    return {
        credential: {
            headers: { ...access.user.impersonate, ...(token ? { Authorization: `Bearer ${token}` } : {}) },
            certificate: cert && key ? { cert, key } : certificate
        },
        // One that is given out expired is sent all the same: the server says so, and the plugin is not run per request.
        renewAt: expiry === undefined ? undefined : Math.max(expiresAt - margin, issuedAt + 1000),
        issuedAt
    };
}
function clusterInfo(spec, access) {
    const ca = access.ca ? readPem(access.ca, 'certificate authority') : undefined;
    return {
        server: access.server,
        ...(access.serverName ? { 'tls-server-name': access.serverName } : {}),
        ...(access.insecure ? { 'insecure-skip-tls-verify': true } : {}),
        ...(ca === undefined ? {} : { 'certificate-authority-data': Buffer.from(ca).toString('base64') }),
        ...(access.proxyUrl ? { 'proxy-url': access.proxyUrl } : {}),
        ...(spec.config ? { config: spec.config } : {})
    };
}
function lastLines(text, count = 8) {
    return text.trim().split('\n').slice(-count).join('\n');
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/client/credentials.js




/** A token file is read again after this time, as client-go does: bound service account tokens rotate. */
const TOKEN_FILE_SECONDS = 60;
/** The credentials that a kubeconfig user (or service account) describes. A token goes before an exec plugin. */
function credentialsOf(access, dependencies) {
    const { user } = access;
    const { mask } = dependencies;
    const certificate = user.certificate && user.key
        ? { cert: readPem(user.certificate, 'client certificate'), key: readPem(user.key, 'client key') }
        : undefined;
    if (certificate)
        mask(certificate.key);
    if (user.token)
        mask(user.token);
    if (user.basic?.password)
        mask(user.basic.password);
    const fixed = (authorization) => {
        const credential = {
            headers: { ...user.impersonate, ...(authorization === undefined ? {} : { Authorization: authorization }) },
            certificate
        };
        return { current: async () => credential, renew: () => false };
    };
    if (user.tokenFile !== undefined)
        return tokenFile(user.tokenFile, user.impersonate, certificate, mask);
    if (user.token !== undefined)
        return fixed(`Bearer ${user.token}`);
    if (user.basic) {
        const pair = Buffer.from(`${user.basic.username}:${user.basic.password}`).toString('base64');
        return fixed(`Basic ${pair}`);
    }
    if (user.exec)
        return execPlugin(user.exec, access, certificate, dependencies);
    return fixed();
}
function tokenFile(file, impersonate, certificate, mask) {
    let cached;
    return {
        async current() {
            if (cached && performance.now() - cached.readAt < TOKEN_FILE_SECONDS * 1000)
                return cached.credential;
            let token;
            try {
                token = (await (0,promises_.readFile)(file, 'utf8')).trim();
            }
            catch (error) {
                throw new errors/* GitOpsError */.$(`The token file ${file} cannot be read: ${(0,errors/* messageOf */.b)(error)}`, { cause: error });
            }
            if (token === '')
                throw new errors/* GitOpsError */.$(`The token file ${file} is empty.`, { hint: 'Write the token before this step.' });
            mask(token);
            const credential = { headers: { ...impersonate, Authorization: `Bearer ${token}` }, certificate };
            cached = { credential, readAt: performance.now() };
            return credential;
        },
        renew(used) {
            if (cached?.credential === used)
                cached = undefined;
            return true;
        }
    };
}

// EXTERNAL MODULE: external "node:http"
var external_node_http_ = __webpack_require__(7067);
// EXTERNAL MODULE: external "node:https"
var external_node_https_ = __webpack_require__(4708);
// EXTERNAL MODULE: external "node:tls"
var external_node_tls_ = __webpack_require__(1692);
// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(7975);
// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(8522);
// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __webpack_require__(7030);
;// CONCATENATED MODULE: ./src/targets/kubernetes/client/socks.js

const REPLIES = {
    1: 'general failure',
    2: 'not allowed by its rules',
    3: 'network unreachable',
    4: 'host unreachable',
    5: 'connection refused',
    7: 'command not supported',
    8: 'address type not supported'
};
/**
 * Asks a SOCKS5 proxy (RFC 1928, user and password by RFC 1929) on an open socket for a connection; names are
 * resolved by the proxy. Afterwards the socket carries the connection's bytes.
 */
async function connectSocks5(socket, proxy, host, port) {
    const read = reader(socket, proxy.host);
    try {
        const withPassword = proxy.username !== '';
        socket.write(Buffer.from(withPassword ? [5, 2, 0, 2] : [5, 1, 0]));
        const [version, method] = await read.bytes(2);
        if (version !== 5)
            throw new Error(`the proxy ${proxy.host} does not speak SOCKS5`);
        if (method === 2) {
            const user = Buffer.from(decodeURIComponent(proxy.username));
            const password = Buffer.from(decodeURIComponent(proxy.password));
            socket.write(Buffer.concat([Buffer.from([1, user.length]), user, Buffer.from([password.length]), password]));
            const [, verdict] = await read.bytes(2);
            if (verdict !== 0)
                throw new Error(`the proxy ${proxy.host} refuses its user name and password`);
        }
        else if (method !== 0)
            throw new Error(`the proxy ${proxy.host} asks for credentials`);
        socket.write(Buffer.concat([Buffer.from([5, 1, 0]), address(host), Buffer.from([port >> 8, port & 255])]));
        const [, reply, , type] = await read.bytes(4);
        if (reply !== 0)
            throw new Error(`the proxy ${proxy.host} refuses the tunnel: ${REPLIES[reply ?? 1] ?? `reply ${reply}`}`);
        const length = type === 1 ? 4 : type === 4 ? 16 : ((await read.bytes(1))[0] ?? 0);
        await read.bytes(length + 2);
    }
    finally {
        read.stop();
    }
}
function address(host) {
    if (external_node_net_.isIPv4(host))
        return Buffer.from([1, ...host.split('.').map(Number)]);
    const name = Buffer.from(host);
    return Buffer.concat([Buffer.from([3, name.length]), name]);
}
/** Reads exact numbers of bytes from a socket and leaves the rest in it. */
function reader(socket, proxy) {
    let wake;
    let failure;
    const onReadable = () => wake?.();
    const onEnd = () => {
        failure ??= new Error(`the proxy ${proxy} closed the connection`);
        wake?.();
    };
    const onError = (error) => {
        failure ??= new Error(`the proxy ${proxy} broke off (${error.message})`);
        wake?.();
    };
    socket.on('readable', onReadable).on('close', onEnd).on('end', onEnd).on('error', onError);
    return {
        async bytes(count) {
            for (;;) {
                const chunk = socket.read(count);
                if (Buffer.isBuffer(chunk) && chunk.length === count)
                    return chunk;
                if (failure)
                    throw failure;
                await new Promise((resolve) => {
                    wake = resolve;
                });
            }
        },
        stop() {
            socket.off('readable', onReadable).off('close', onEnd).off('end', onEnd).off('error', onError);
        }
    };
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/client/proxy.js






const CONNECT_TIMEOUT = 15_000;
/**
 * The proxy on the way to `server`, or undefined: the cluster's own `proxy-url`, else `HTTPS_PROXY` / `HTTP_PROXY`
 * unless `NO_PROXY` (hosts, domains, CIDR blocks, ports) names the server. As in Go, loopback is never proxied by the environment.
 * @throws GitOpsError when the proxy's URL is of a kind that nobody can use
 */
function proxyFor(server, proxyUrl, env) {
    const target = new URL(server);
    const fromEnvironment = proxyUrl === undefined;
    const names = target.protocol === 'https:' ? ['HTTPS_PROXY', 'https_proxy'] : ['HTTP_PROXY', 'http_proxy'];
    const text = proxyUrl ?? names.map((name) => env[name]).find((value) => !!value);
    if (!text)
        return undefined;
    if (fromEnvironment && bypasses(target, env['NO_PROXY'] || env['no_proxy'] || ''))
        return undefined;
    const withScheme = text.includes('://') ? text : `http://${text}`;
    const url = URL.canParse(withScheme) ? new URL(withScheme) : undefined;
    if (!url || !['http:', 'https:', 'socks5:', 'socks5h:'].includes(url.protocol))
        throw new errors/* GitOpsError */.$(`The proxy of ${target.origin} is not an http, https or socks5 URL.`, {
            hint: fromEnvironment ? `It comes from ${names[0]}.` : 'It is the proxy-url of the cluster in the kubeconfig.'
        });
    return url;
}
function bypasses(target, noProxy) {
    const host = target.hostname.replace(/^\[|\]$/g, '').toLowerCase();
    const port = target.port || (target.protocol === 'https:' ? '443' : '80');
    if (host === 'localhost' || host === '::1' || (external_node_net_.isIPv4(host) && host.startsWith('127.')))
        return true;
    return noProxy
        .split(/[\s,]+/)
        .filter((rule) => rule !== '')
        .some((rule) => matches(rule.toLowerCase(), host, port));
}
function matches(rule, host, port) {
    if (rule === '*')
        return true;
    const block = /^([^/]+)\/(\d+)$/.exec(rule);
    if (block)
        return inBlock(host, block[1] ?? '', Number(block[2]));
    const withPort = /^(?:\[([^\]]+)\]|([^:]+)):(\d+)$/.exec(rule);
    if (withPort && withPort[3] !== port)
        return false;
    const name = (withPort ? (withPort[1] ?? withPort[2] ?? '') : rule).replace(/^\*?\./, '.');
    // `.example.com` means the names below it only, `example.com` itself too (golang.org/x/net/http/httpproxy).
    return name.startsWith('.') ? host.endsWith(name) : host === name || host.endsWith(`.${name}`);
}
function inBlock(host, network, bits) {
    const family = external_node_net_.isIP(network) === 6 ? 'ipv6' : 'ipv4';
    if (external_node_net_.isIP(host) !== (family === 'ipv6' ? 6 : 4) || external_node_net_.isIP(network) === 0)
        return false;
    if (bits > (family === 'ipv6' ? 128 : 32))
        return false;
    const list = new external_node_net_.BlockList();
    list.addSubnet(network, bits, family);
    return list.check(host, family);
}
/** An agent for https servers behind a proxy: each connection is a tunnel (CONNECT or SOCKS5), TLS inside of it. */
class TunnelAgent extends external_node_https_.Agent {
    #proxy;
    #options;
    constructor(proxy, options) {
        super(options);
        this.#proxy = proxy;
        this.#options = options;
    }
    createConnection(options, opened) {
        const host = String(options.host ?? options.hostname);
        const port = Number(options.port || 443);
        openTunnel(this.#proxy, host, port).then((socket) => {
            const { rejectUnauthorized, secureContext } = this.#options;
            const servername = this.#options.servername ?? (external_node_net_.isIP(host) ? undefined : host);
            const secure = external_node_tls_.connect({ socket, host, servername, rejectUnauthorized, secureContext });
            opened?.(null, secure);
        }, (error) => opened?.(error, new external_node_net_.Socket()));
        return undefined;
    }
}
/** An agent for plain http servers behind a SOCKS proxy. */
class SocksAgent extends external_node_http_.Agent {
    #proxy;
    constructor(proxy, options) {
        super(options);
        this.#proxy = proxy;
    }
    createConnection(options, opened) {
        openTunnel(this.#proxy, String(options.host ?? options.hostname), Number(options.port || 80)).then((socket) => opened?.(null, socket), (error) => opened?.(error, new external_node_net_.Socket()));
        return undefined;
    }
}
async function openTunnel(proxy, host, port) {
    const socket = await openSocket(proxy);
    try {
        if (proxy.protocol.startsWith('socks'))
            await connectSocks5(socket, proxy, host, port);
        else
            await connectHttp(socket, proxy, host, port);
    }
    catch (error) {
        socket.destroy();
        throw error;
    }
    socket.setTimeout(0);
    return socket;
}
function openSocket(proxy) {
    const secure = proxy.protocol === 'https:';
    const fallback = secure ? 443 : proxy.protocol === 'http:' ? 80 : 1080;
    const host = proxy.hostname.replace(/^\[|\]$/g, '');
    const port = Number(proxy.port || fallback);
    return new Promise((resolve, reject) => {
        const fail = (error) => {
            const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
            reject(new ProxyError(`the proxy ${proxy.host} cannot be reached (${code ?? error.message})`, error));
        };
        const socket = secure
            ? external_node_tls_.connect({ host, port, ...(external_node_net_.isIP(host) ? {} : { servername: host }) })
            : external_node_net_.connect({ host, port });
        socket.setNoDelay(true);
        socket.setTimeout(CONNECT_TIMEOUT, () => socket.destroy(new Error('no answer')));
        socket.once('error', fail);
        socket.once(secure ? 'secureConnect' : 'connect', () => {
            socket.off('error', fail);
            resolve(socket);
        });
    });
}
/** A failure of the proxy itself, so that the message does not blame the API server. */
class ProxyError extends Error {
    constructor(message, cause) {
        super(message, { cause });
    }
}
function connectHttp(socket, proxy, host, port) {
    const target = `${host.includes(':') ? `[${host}]` : host}:${port}`;
    const authorization = proxyAuthorization(proxy);
    return new Promise((resolve, reject) => {
        let head = Buffer.alloc(0);
        const done = (error) => {
            socket.off('data', onData);
            socket.off('error', onError);
            socket.off('close', onClose);
            if (error)
                reject(error);
            else
                resolve();
        };
        const onError = (error) => done(new ProxyError(`the proxy ${proxy.host} broke off (${error.message})`, error));
        const onClose = () => done(new ProxyError(`the proxy ${proxy.host} closed the connection`));
        const onData = (chunk) => {
            head = Buffer.concat([head, chunk]);
            const end = head.indexOf('\r\n\r\n');
            if (end < 0) {
                if (head.length > 64 * 1024)
                    done(new ProxyError(`the proxy ${proxy.host} does not speak HTTP`));
                return;
            }
            const status = /^HTTP\/1\.[01] (\d{3})/.exec(head.toString('latin1'))?.[1];
            socket.pause();
            if (head.length > end + 4)
                socket.unshift(head.subarray(end + 4));
            if (status === '200')
                return done();
            const why = status === '407' ? 'asks for credentials (407)' : `refuses the tunnel to ${target} (${status ?? 'no HTTP'})`;
            done(new ProxyError(`the proxy ${proxy.host} ${why}`));
        };
        socket.on('data', onData);
        socket.on('error', onError);
        socket.on('close', onClose);
        const lines = [`CONNECT ${target} HTTP/1.1`, `Host: ${target}`];
        if (authorization)
            lines.push(`Proxy-Authorization: ${authorization}`);
        socket.write(`${lines.join('\r\n')}\r\n\r\n`);
    });
}
/** The `Proxy-Authorization` that the proxy's URL asks for, or undefined. */
function proxyAuthorization(proxy) {
    if (!proxy.username)
        return undefined;
    const pair = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
    return `Basic ${Buffer.from(pair).toString('base64')}`;
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
;// CONCATENATED MODULE: ./src/targets/kubernetes/client/secure.js




const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g;
/**
 * Whom to trust and as whom to come, for TLS. Made once for all connections: reading a bundle of authorities costs time.
 * @throws GitOpsError that says which part of the kubeconfig is no certificate or no key
 */
function secureContextOf(access, certificate) {
    // What is not looked at need not be right.
    const trusted = access.insecure ? {} : { ca: authoritiesOf(access) ?? trustedAuthorities() };
    try {
        return external_node_tls_.createSecureContext({
            ...trusted,
            ...(certificate ? { cert: certificate.cert, key: certificate.key } : {})
        });
    }
    catch (error) {
        throw new errors/* GitOpsError */.$(`The client certificate of user "${access.user.name}" of ${access.origin} cannot be used: ${certificate ? problemOf(certificate, error) : (0,errors/* messageOf */.b)(error)}.`, {
            hint: access.user.exec
                ? `It comes from ${access.user.exec.command}; run that by hand to see what it gives.`
                : 'Write the kubeconfig again; client-certificate(-data) and client-key(-data) are PEM texts that belong together.',
            cause: error
        });
    }
}
function authoritiesOf(access) {
    if (!access.ca)
        return undefined;
    const text = readPem(access.ca, 'certificate authority');
    const name = 'file' in access.ca ? access.ca.file : 'certificate-authority-data';
    const blocks = text.match(CERTIFICATE) ?? [];
    const problem = blocks.length === 0 ? 'it holds no certificate' : blocks.map(certificateProblem).find(isText);
    if (problem === undefined)
        return text;
    throw new errors/* GitOpsError */.$(`The certificate authority of ${access.origin} (${name}) cannot be used: ${problem}.`, {
        hint: 'It is one or more certificates in PEM: -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----. Write the kubeconfig again, or check that the secret it comes from was stored whole.'
    });
}
/** Which of the two is wrong. The key itself never stands in the message. */
function problemOf({ cert, key }, error) {
    const blocks = cert.match(CERTIFICATE) ?? [];
    if (blocks.length === 0)
        return 'the certificate is no PEM text, or was cut off';
    const broken = blocks.map(certificateProblem).find(isText);
    if (broken !== undefined)
        return broken;
    if (/ENCRYPTED/.test(key))
        return 'the key is encrypted, and nobody is here to type its passphrase';
    try {
        const isPair = new external_node_crypto_.X509Certificate(cert).checkPrivateKey((0,external_node_crypto_.createPrivateKey)(key));
        return isPair ? (0,errors/* messageOf */.b)(error) : 'the key does not belong to the certificate';
    }
    catch {
        return 'the key is no private key in PEM, or was cut off';
    }
}
function certificateProblem(block) {
    try {
        new external_node_crypto_.X509Certificate(block);
        return undefined;
    }
    catch {
        return 'a certificate in it is damaged';
    }
}
function isText(value) {
    return value !== undefined;
}
/** Node's own list and the machine's, so that an authority installed on the runner counts as it does for kubectl. */
function trustedAuthorities() {
    return [...new Set([...external_node_tls_.getCACertificates('default'), ...external_node_tls_.getCACertificates('system')])];
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/client/http.js








const decompress = (0,external_node_util_.promisify)(external_node_zlib_.gunzip);
const http_CONNECT_TIMEOUT = 10_000;
/** A request that got no answer. `sent` is false when it certainly never reached the server. */
class ConnectionError extends Error {
    code;
    sent;
    /** The connection had served before: it was probably closed for being idle, and a new one will do. */
    reused;
    constructor(cause, sent, reused) {
        super(cause.message, { cause });
        this.code = 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
        this.sent = sent;
        this.reused = reused;
    }
}
/**
 * Requests to one API server over kept-alive HTTP/1.1 connections, directly or through a proxy. Measured on loopback,
 * 1,000 apply PATCHes with 24 at a time take 1.38 s this way and 1.38 s over one HTTP/2 connection, so the simpler one stays.
 */
class HttpConnection {
    #access;
    #base;
    #proxy;
    #agent;
    #certificate;
    constructor(access, env) {
        this.#access = access;
        this.#base = new URL(access.server);
        this.#proxy = proxyFor(access.server, access.proxyUrl, env);
    }
    /** Sends a request; resolves with the answer's head, its body still to be read. */
    send(request, credential) {
        return new Promise((resolve, reject) => {
            let sent = false;
            const outgoing = this.#start(request, credential);
            const timer = setTimeout(() => outgoing.destroy(timeoutError(`no answer within ${request.timeout / 1000} s`)), request.timeout);
            outgoing.on('socket', (socket) => {
                const secure = socket instanceof external_node_tls_.TLSSocket;
                sent = outgoing.reusedSocket || (!secure && !socket.connecting);
                if (sent)
                    return;
                const slow = setTimeout(() => outgoing.destroy(timeoutError(`no connection within ${http_CONNECT_TIMEOUT / 1000} s`)), Math.min(http_CONNECT_TIMEOUT, request.timeout));
                socket.once('close', () => clearTimeout(slow));
                socket.once(secure ? 'secureConnect' : 'connect', () => {
                    clearTimeout(slow);
                    sent = true;
                });
            });
            outgoing.on('response', (response) => {
                clearTimeout(timer);
                resolve(response);
            });
            outgoing.on('error', (error) => {
                clearTimeout(timer);
                if (request.signal?.aborted)
                    reject(request.signal.reason);
                else
                    reject(new ConnectionError(error, sent, outgoing.reusedSocket));
            });
            outgoing.end(request.body);
        });
    }
    /** Closes the connections that wait for work: after a silence the network may have forgotten them. */
    dropIdle() {
        for (const sockets of Object.values(this.#agent?.freeSockets ?? {}))
            for (const socket of sockets ?? [])
                socket.destroy();
    }
    #start(request, credential) {
        const headers = {
            ...request.headers,
            ...sendable(credential.headers, this.#access)
        };
        if (request.body !== undefined)
            headers['Content-Length'] = Buffer.byteLength(request.body);
        const { protocol, hostname, port, host } = this.#base;
        const target = {
            method: request.method,
            hostname: hostname.replace(/^\[|\]$/g, ''),
            port,
            path: this.#base.pathname.replace(/\/$/, '') + request.path,
            headers,
            agent: this.#agentFor(credential.certificate),
            ...(request.signal ? { signal: request.signal } : {})
        };
        if (protocol === 'https:')
            return external_node_https_.request(target);
        const proxy = this.#proxy;
        if (!proxy || proxy.protocol.startsWith('socks'))
            return external_node_http_.request(target);
        // A plain http server behind an http proxy: the proxy is asked for the whole URL (RFC 9112, absolute-form).
        const authorization = proxyAuthorization(proxy);
        return external_node_http_.request({
            ...target,
            hostname: proxy.hostname.replace(/^\[|\]$/g, ''),
            port: proxy.port || 80,
            path: `http://${host}${target.path}`,
            headers: { ...headers, Host: host, ...(authorization ? { 'Proxy-Authorization': authorization } : {}) }
        });
    }
    /** Connections belong to one TLS identity: another certificate (a plugin renewed it) gets connections of its own. */
    #agentFor(certificate) {
        if (this.#agent && certificate?.cert === this.#certificate?.cert)
            return this.#agent;
        this.#certificate = certificate;
        this.#agent = this.#makeAgent(certificate);
        return this.#agent;
    }
    #makeAgent(certificate) {
        const options = {
            keepAlive: true,
            maxSockets: Number.POSITIVE_INFINITY,
            maxFreeSockets: 64,
            scheduling: 'lifo'
        };
        if (this.#base.protocol === 'http:')
            return this.#proxy?.protocol.startsWith('socks') ? new SocksAgent(this.#proxy, options) : new external_node_http_.Agent(options);
        const { insecure, serverName } = this.#access;
        const secure = {
            ...options,
            secureContext: secureContextOf(this.#access, certificate),
            rejectUnauthorized: !insecure,
            ...(serverName ? { servername: serverName } : {})
        };
        return this.#proxy ? new TunnelAgent(this.#proxy, secure) : new external_node_https_.Agent(secure);
    }
}
/**
 * Headers as bytes of UTF-8, as Go sends them: a user's name may be more than ASCII.
 * @throws GitOpsError for a value that no header can carry; the value itself may be a secret
 */
function sendable(headers, access) {
    const encode = (name, value) => {
        if (/[^\t\x20-\x7e\u0080-\u{10ffff}]/u.test(value))
            throw new errors/* GitOpsError */.$(`${name === 'Authorization' ? 'The token or password' : `What ${name} is to say`} of user "${access.user.name}" of ${access.origin} holds a line break or another control character, which no request can carry.`, { hint: 'Write the kubeconfig again, or check how the secret that it comes from was stored.' });
        return Buffer.from(value, 'utf8').toString('latin1');
    };
    return Object.fromEntries(Object.entries(headers).map(([name, value]) => [
        name,
        typeof value === 'string' ? encode(name, value) : value.map((one) => encode(name, one))
    ]));
}
/** The whole body as text, decompressed. @throws ConnectionError when it breaks off, is damaged or stands still for `timeout` ms */
async function readText(response, timeout) {
    const body = await new Promise((resolve, reject) => {
        const chunks = [];
        const timer = setTimeout(() => response.destroy(timeoutError(`the answer stopped for ${timeout / 1000} s`)), timeout);
        response.on('data', (chunk) => {
            chunks.push(chunk);
            timer.refresh();
        });
        response.on('error', (error) => {
            clearTimeout(timer);
            reject(new ConnectionError(error, true, false));
        });
        response.on('end', () => {
            clearTimeout(timer);
            resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks));
        });
    });
    if (response.headers['content-encoding'] !== 'gzip')
        return body.toString('utf8');
    try {
        return (await decompress(body)).toString('utf8');
    }
    catch (error) {
        // As good as an answer that broke off: asking again may help.
        throw new ConnectionError(new Error('its answer arrives damaged', { cause: error }), true, false);
    }
}
function timeoutError(message) {
    return Object.assign(new Error(message), { code: 'ETIMEDOUT' });
}

// EXTERNAL MODULE: external "node:timers/promises"
var external_node_timers_promises_ = __webpack_require__(8500);
// EXTERNAL MODULE: ./src/render/manifest.js
var manifest = __webpack_require__(1632);
// EXTERNAL MODULE: ./src/targets/kubernetes/cluster.js
var cluster = __webpack_require__(5920);
// EXTERNAL MODULE: ./src/targets/kubernetes/client/explain.js
var explain = __webpack_require__(5343);
// EXTERNAL MODULE: ./src/targets/kubernetes/client/objects.js
var objects = __webpack_require__(3468);
;// CONCATENATED MODULE: ./src/targets/kubernetes/client/discovery.js





const AGGREGATED = ['v2', 'v2beta1']
    .map((version) => `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`)
    .concat('application/json')
    .join(',');
/**
 * All resource types: two requests where the server knows aggregated discovery (1.26 and newer), one per group
 * version on older ones. An extension API server that is down costs only its own group.
 */
async function discover(transport) {
    try {
        const [core, groups] = await Promise.all([discoverRoot(transport, '/api'), discoverRoot(transport, '/apis')]);
        return {
            resources: [...core.resources, ...groups.resources],
            unavailable: new Set([...core.unavailable, ...groups.unavailable])
        };
    }
    catch (error) {
        if (!(error instanceof cluster/* ApiError */.hD))
            throw error;
        if (error.code === 403)
            throw (0,explain.describeApiError)(error, 'Asking the API server what it serves');
        throw new errors/* GitOpsError */.$(`The server does not answer as a Kubernetes API server: ${error.message}.`, {
            hint: 'Check the server in the kubeconfig: its address, its port and its path.',
            cause: error
        });
    }
}
const CRDS = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
/**
 * Whether a CustomResourceDefinition seems to define a kind, by its name (`widgets.example.com`). Asks for names only:
 * definitions are large.
 */
async function seemsDefined(transport, group, kind) {
    const stem = kind.toLowerCase().slice(0, -1); // policy → policies
    const accept = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json';
    try {
        const list = await get(transport, CRDS, accept);
        return items(list, 'items').some((item) => {
            const name = (0,json/* asString */.oJ)((0,json.at)(item, 'metadata', 'name')) ?? '';
            return name.startsWith(stem) && name.endsWith(`.${group}`);
        });
    }
    catch (error) {
        if (error instanceof cluster/* ApiError */.hD)
            return false; // not allowed to see them
        throw error;
    }
}
async function discoverRoot(transport, root) {
    const answer = await get(transport, root, AGGREGATED);
    return (0,json/* asString */.oJ)((0,json/* asObject */.eB)(answer)?.['kind']) === 'APIGroupDiscoveryList'
        ? readAggregated(answer)
        : readLegacy(transport, root, answer);
}
async function get(transport, path, accept = 'application/json') {
    const { text } = await transport.call({ method: 'GET', path, accept, idempotent: true, timeout: 30_000 });
    return (0,objects/* parseAnswer */.Wp)(text, `GET ${path}`);
}
function readAggregated(list) {
    const resources = [];
    const unavailable = [];
    for (const group of items(list, 'items')) {
        const name = (0,json/* asString */.oJ)((0,json/* asObject */.eB)(group['metadata'])?.['name']) ?? '';
        for (const version of items(group, 'versions')) {
            const versionName = (0,json/* asString */.oJ)(version['version']) ?? '';
            if (version['freshness'] === 'Stale')
                unavailable.push(name);
            for (const item of items(version, 'resources')) {
                const kind = (0,json/* asString */.oJ)((0,json/* asObject */.eB)(item['responseKind'])?.['kind']);
                const plural = (0,json/* asString */.oJ)(item['resource']);
                if (!kind || !plural)
                    continue;
                resources.push({
                    group: name,
                    version: versionName,
                    kind,
                    plural,
                    namespaced: item['scope'] === 'Namespaced',
                    verbs: strings(item['verbs']),
                    shortNames: strings(item['shortNames']),
                    subresources: items(item, 'subresources').map((sub) => (0,json/* asString */.oJ)(sub['subresource']) ?? '')
                });
            }
        }
    }
    return { resources, unavailable };
}
async function readLegacy(transport, root, answer) {
    const versions = root === '/api'
        ? strings((0,json/* asObject */.eB)(answer)?.['versions']).map((version) => ({ group: '', version }))
        : items(answer, 'groups').flatMap((group) => items(group, 'versions').map((version) => ({
            group: (0,json/* asString */.oJ)(group['name']) ?? '',
            version: (0,json/* asString */.oJ)(version['version']) ?? ''
        })));
    const unavailable = [];
    const lists = await Promise.all(versions.map(async ({ group, version }) => {
        try {
            const path = group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
            return readResourceList(await get(transport, path), group, version);
        }
        catch (error) {
            if (!(error instanceof cluster/* ApiError */.hD))
                throw error;
            unavailable.push(group);
            return [];
        }
    }));
    return { resources: lists.flat(), unavailable };
}
function readResourceList(list, group, version) {
    const entries = items(list, 'resources');
    const name = (entry) => (0,json/* asString */.oJ)(entry['name']) ?? '';
    return entries
        .filter((entry) => !name(entry).includes('/'))
        .map((entry) => ({
        group,
        version,
        kind: (0,json/* asString */.oJ)(entry['kind']) ?? '',
        plural: name(entry),
        namespaced: entry['namespaced'] === true,
        verbs: strings(entry['verbs']),
        shortNames: strings(entry['shortNames']),
        subresources: entries
            .filter((other) => name(other).startsWith(`${name(entry)}/`))
            .map((other) => name(other).slice(name(entry).length + 1))
    }));
}
function items(value, key) {
    return ((0,json/* asList */.DD)((0,json/* asObject */.eB)(value)?.[key]) ?? []).map(json/* asObject */.eB).filter((item) => item !== undefined);
}
function strings(value) {
    return ((0,json/* asList */.DD)(value) ?? []).filter((item) => typeof item === 'string');
}

// EXTERNAL MODULE: ./src/targets/kubernetes/client/paths.js
var paths = __webpack_require__(8712);
;// CONCATENATED MODULE: ./src/targets/kubernetes/client/list.js



/** First page; kubectl's size. */
const FIRST_PAGE = 500;
/** Later pages are sized so that one is about this many characters of JSON, whatever the objects weigh. */
const PAGE_TEXT = 8_000_000;
const LARGEST_PAGE = 5_000;
/**
 * All objects of a type, page by page, at one resourceVersion. Consistent (no `resourceVersion=0`): what another
 * request has just written is in it. When the server forgets the list half-way (410), it begins anew.
 */
async function listAll(transport, resource, options) {
    const path = (0,paths/* collectionPath */.yb)(resource, options.namespace);
    const { labelSelector, fieldSelector } = options;
    for (let attempt = 1;; attempt++) {
        const items = [];
        let next;
        let limit = FIRST_PAGE;
        try {
            const fetch = (size, after) => transport.call({
                method: 'GET',
                path: `${path}${(0,paths/* query */.P)({ limit: size, labelSelector, fieldSelector, continue: after })}`,
                idempotent: true
            });
            let coming = fetch(limit, undefined);
            for (;;) {
                const { text } = await coming;
                // The server is asked for the next page before this one is parsed, so that both work at the same time.
                next = peekContinue(text);
                limit = Math.max(50, Math.min(LARGEST_PAGE, Math.floor((limit * PAGE_TEXT) / text.length)));
                const early = next === undefined ? undefined : fetch(limit, next);
                early?.catch(() => { }); // awaited below; until then it must not count as unhandled
                const page = (0,objects/* readPage */.SP)(text, resource, `GET ${path}`);
                for (const item of page.items)
                    items.push(item);
                if (page.next === undefined)
                    return { items, resourceVersion: page.resourceVersion };
                coming = early ?? fetch(limit, (next = page.next));
            }
        }
        catch (error) {
            if (!(error instanceof cluster/* ApiError */.hD) || error.code !== 410 || next === undefined || attempt >= 5)
                throw error;
        }
    }
}
/** The continue token of a page, read off its first characters: a list's metadata come before its items. */
function peekContinue(text) {
    const head = text.slice(0, 4096);
    const items = head.indexOf('"items"');
    const match = /"continue":\s*"([^"\\]+)"/.exec(items < 0 ? head : head.slice(0, items));
    return match?.[1];
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/client/stored-size.js



/** etcd's --max-request-bytes, as every distribution has it. */
const MAX_STORED = 1.5 * 1024 * 1024;
/** Smaller ones cannot become too large by what is recorded of their fields. */
const WORTH_A_LOOK = 256 * 1024;
/**
 * Refuses an object that a dry run takes and etcd would not: a dry run stores nothing, and who owns which field, which the
 * API server writes into the object, can make it twice as large.
 * @param sent characters of the request
 * @throws ApiError as the API server would answer it
 */
function refuseTooLarge(predicted, sent) {
    if (sent < WORTH_A_LOOK)
        return;
    const { size, owners } = storedSize(predicted);
    if (size <= MAX_STORED)
        return;
    const mebibytes = (bytes) => (bytes / 1024 / 1024).toFixed(1);
    throw new cluster/* ApiError */.hD(413, 'RequestEntityTooLarge', `it would be stored with ${mebibytes(size)} MiB, ${mebibytes(owners)} of them for who owns which field; a cluster stores 1.5 MiB at most`);
}
/** At least how many bytes are stored: custom resources as JSON, what is Kubernetes' own in a more compact form. */
function storedSize(object) {
    const { managedFields, ...metadata } = object.metadata;
    const owners = ((0,json/* asList */.DD)(managedFields) ?? []).reduce((sum, one) => sum + Buffer.byteLength((0,json/* stringifyJson */.sd)((0,json/* asObject */.eB)(one)?.['fieldsV1'] ?? null)), 0);
    const group = (0,manifest/* groupOf */.F8)(object);
    const isCustom = group.includes('.') && !group.endsWith('.k8s.io');
    const content = { ...object, metadata };
    return {
        size: owners + (isCustom ? Buffer.byteLength((0,json/* stringifyJson */.sd)(content)) : textIn(content, object.kind)),
        owners
    };
}
/** Bytes of all texts, and of the keys of what holds data. */
function textIn(content, kind) {
    const holdsData = kind === 'ConfigMap' || kind === 'Secret';
    return Object.entries(content).reduce((sum, [field, value]) => {
        if (!holdsData || !(0,json/* isObject */.Gv)(value) || field === 'metadata')
            return sum + bytesOf(value);
        const isEncoded = kind === 'Secret' || field === 'binaryData';
        const keys = Object.keys(value).reduce((all, key) => all + Buffer.byteLength(key), 0);
        return sum + keys + bytesOf(value) * (isEncoded ? 0.75 : 1);
    }, 0);
}
function bytesOf(value) {
    if (typeof value === 'string')
        return Buffer.byteLength(value);
    if (typeof value !== 'object' || value === null)
        return 0;
    return Object.values(value).reduce((sum, child) => sum + bytesOf(child), 0);
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/client/limiter.js
/**
 * Bounds how many requests are under way, and adapts (as TCP does): halved when the server says that it is
 * overloaded, grown by one for every full round of successes. Waiting requests start in the order they came.
 */
class Limiter {
    #limit;
    #active = 0;
    #successes = 0;
    #halvedAt = Number.NEGATIVE_INFINITY;
    #maximum;
    #waiting = [];
    #next = 0;
    constructor(start = 32, maximum = 64) {
        this.#limit = start;
        this.#maximum = maximum;
    }
    get limit() {
        return this.#limit;
    }
    /** Waits for a slot; the caller gives it back with `release`. */
    async acquire() {
        if (this.#active < this.#limit) {
            this.#active++;
            return;
        }
        // The slot is handed over by release(), so that nobody who comes later overtakes.
        await new Promise((resolve) => this.#waiting.push(resolve));
    }
    release() {
        this.#active--;
        while (this.#active < this.#limit && this.#next < this.#waiting.length) {
            const start = this.#waiting[this.#next++];
            this.#active++;
            start?.();
        }
        if (this.#next > 1024 || this.#next === this.#waiting.length) {
            this.#waiting.splice(0, this.#next);
            this.#next = 0;
        }
    }
    succeeded() {
        if (this.#limit >= this.#maximum || ++this.#successes < this.#limit)
            return;
        this.#successes = 0;
        this.#limit++;
    }
    /** At most once a second: the refusals of one burst are one sign, not many. */
    overloaded(now = performance.now()) {
        this.#successes = 0;
        if (now - this.#halvedAt < 1000)
            return;
        this.#halvedAt = now;
        this.#limit = Math.max(1, Math.floor(this.#limit / 2));
    }
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/client/unreachable.js



/** Why the API server could not be reached, as one sentence with its address, and what to do about it. */
function unreachable(access, error) {
    const { what, hint } = unreachable_explain(access, error);
    return new cluster/* Unreachable */.LL(`The API server ${access.server} (${access.origin}) cannot be reached: ${what}.`, {
        hint,
        cause: error
    });
}
/**
 * True for a failure that trying again cannot cure: a certificate that is not trusted; and, as long as the server has
 * never answered, a proxy that refuses or a server that speaks no TLS.
 */
function isPermanent(error, answered) {
    const root = rootOf(error);
    if (isCertificateCode(codeOf(root)))
        return true;
    return !answered && (root instanceof ProxyError || codeOf(root) === 'EPROTO');
}
function unreachable_explain(access, error) {
    const root = rootOf(error);
    const code = codeOf(root);
    const host = new URL(access.server).host;
    const certificate = explainCertificate(access, code, root);
    if (certificate)
        return certificate;
    if (root instanceof ProxyError)
        return {
            what: root.message,
            hint: 'Check proxy-url of the kubeconfig, HTTPS_PROXY and NO_PROXY; NO_PROXY names servers to be reached directly.'
        };
    if (root instanceof cluster/* ApiError */.hD)
        return {
            what: `it is not ready (${firstLine(root.message)})`,
            hint: 'It may be starting, or a load balancer or proxy answers in its place because it is away: look at the control plane.'
        };
    switch (code) {
        case 'ECONNREFUSED':
            return {
                what: `nothing listens at ${host} (ECONNREFUSED)`,
                hint: 'Check that the cluster runs and that the server in the kubeconfig is the right one for this runner.'
            };
        case 'ENOTFOUND':
        case 'EAI_AGAIN':
            return {
                what: `the name ${new URL(access.server).hostname} is not known here (${code})`,
                hint: 'Check the server in the kubeconfig; a private cluster needs a runner inside its network.'
            };
        case 'ETIMEDOUT':
        case 'EHOSTUNREACH':
        case 'ENETUNREACH':
            return {
                what: `${host} does not answer (${code}${/^no (answer|connection)/.test(root.message) ? `, ${root.message}` : ''})`,
                hint: 'Check the network between the runner and the cluster: firewall, allowed address ranges, VPN, proxy.'
            };
        case 'EPROTO':
            return {
                what: `${host} does not speak TLS as expected (${firstLine(root.message)})`,
                hint: 'Check whether the server in the kubeconfig should begin with http:// or has another port.'
            };
        case 'ECONNRESET':
        case 'EPIPE':
            return {
                what: `${host} breaks off every connection (${code})`,
                hint: 'A proxy or load balancer on the way may be the cause; if it lasts, ask who runs the cluster.'
            };
        default:
            return {
                what: `${firstLine(root.message)}${code && !root.message.includes(code) ? ` (${code})` : ''}`,
                hint: 'Check the server in the kubeconfig and the network of this runner.'
            };
    }
}
function explainCertificate(access, code, root) {
    switch (code) {
        case 'CERT_HAS_EXPIRED':
            return {
                what: 'its certificate has expired (CERT_HAS_EXPIRED)',
                hint: 'The certificate of the API server must be renewed; check the clock of this runner too.'
            };
        case 'CERT_NOT_YET_VALID':
            return { what: 'its certificate is not valid yet (CERT_NOT_YET_VALID)', hint: 'Check the clock of this runner.' };
        case 'ERR_TLS_CERT_ALTNAME_INVALID':
            return {
                what: `its certificate is not for ${access.serverName ?? new URL(access.server).hostname} (${namesIn(root.message)})`,
                hint: 'Use a name of the certificate as server, or as tls-server-name of the cluster in the kubeconfig.'
            };
        case 'DEPTH_ZERO_SELF_SIGNED_CERT':
        case 'SELF_SIGNED_CERT_IN_CHAIN':
        case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
        case 'UNABLE_TO_GET_ISSUER_CERT':
        case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
        case 'CERT_SIGNATURE_FAILURE':
        case 'INVALID_CA':
            return {
                what: `its certificate is signed by an authority that ${access.ca ? "is not the kubeconfig's" : 'is unknown here'} (${code})`,
                hint: 'Set certificate-authority-data of the cluster in the kubeconfig to the authority of this cluster.'
            };
        default:
            if (/ALERT|SSLV3|TLSV1/.test(code))
                return {
                    what: `it refuses the TLS handshake (${code})`,
                    hint: 'Most often the client certificate has expired or is from another cluster: write the kubeconfig again.'
                };
            return isCertificateCode(code)
                ? {
                    what: `its certificate is not trusted: ${firstLine(root.message)} (${code})`,
                    hint: 'Check the authority in the kubeconfig.'
                }
                : undefined;
    }
}
/** Node's text is `… is not in the cert's altnames: DNS:a, DNS:b` or `… is not in the cert's list: 10.0.0.1`. */
function namesIn(message) {
    const names = firstLine(message)
        .split(/(?:altnames|list): ?/)
        .at(-1)
        ?.replaceAll(/DNS:|IP Address:/g, '');
    return names ? `it names ${names}` : 'it names none';
}
function isCertificateCode(code) {
    return /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET|INVALID_CA|ERR_TLS|ERR_SSL|ERR_OSSL/.test(code);
}
function rootOf(error) {
    let current = error;
    while (current instanceof ConnectionError && current.cause instanceof Error)
        current = current.cause;
    // Happy Eyeballs: one error per address; the first stands for all.
    if (current instanceof AggregateError && current.errors[0] instanceof Error)
        return current.errors[0];
    return current instanceof Error ? current : new Error(String(current));
}
function codeOf(error) {
    return 'code' in error && typeof error.code === 'string' ? error.code : '';
}
function firstLine(text) {
    return text.split('\n')[0]?.trim().slice(0, 200) ?? '';
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/client/refusals.js




/** The connection broke after a request that must not be sent twice: nobody knows whether it was done. */
function ambiguous(access, call, error) {
    const reason = unreachable(access, error);
    return new errors/* GitOpsError */.$(`The connection was lost after ${call.method} ${call.path.split('?')[0]} was sent; whether it was done is not known. ${reason.message}`, { hint: 'Run this step again: it continues from what the cluster holds.', cause: error });
}
/** `http://` where the server speaks TLS. */
function plainHttp(access, error) {
    return new errors/* GitOpsError */.$(`The server ${access.server} (${access.origin}) speaks TLS, and its URL says http.`, {
        hint: 'Write https:// in the kubeconfig.',
        cause: error
    });
}
/** A 401. The credential itself never stands in the message. */
function unauthorized(access, error, used) {
    const { user, origin, server } = access;
    const expired = expiryOf(used);
    const since = expired !== undefined && expired.getTime() < Date.now() ? `, which expired ${expired.toISOString()},` : '';
    return new errors/* GitOpsError */.$(`The API server ${server} does not accept the user "${user.name}" of ${origin}: ${presented(user)}${since} is refused (401 Unauthorized).`, {
        hint: 'The credentials have expired, or are from another cluster: log in anew in a step before this one.',
        cause: error
    });
}
function presented(user) {
    if (user.token !== undefined || user.tokenFile !== undefined)
        return 'its token';
    if (user.basic)
        return 'its password';
    if (user.exec)
        return `what ${user.exec.command} gave`;
    return user.certificate ? 'its client certificate' : 'a request without credentials';
}
/** When a token that says so (a JWT: service accounts, OIDC) or a client certificate ends. */
function expiryOf({ headers, certificate }) {
    try {
        const claims = /^Bearer [\w-]+\.([\w-]+)\.[\w-]+$/.exec(String(headers['Authorization'] ?? ''))?.[1];
        if (claims !== undefined) {
            const seconds = (0,json/* asNumber */.i)((0,json.at)((0,json/* parseJson */.qF)(Buffer.from(claims, 'base64url').toString('utf8')), 'exp'));
            return seconds === undefined ? undefined : new Date(seconds * 1000);
        }
        return certificate && headers['Authorization'] === undefined
            ? new external_node_crypto_.X509Certificate(certificate.cert).validToDate
            : undefined;
    }
    catch {
        return undefined; // what cannot be read says nothing
    }
}

// EXTERNAL MODULE: ./src/targets/kubernetes/client/status.js
var client_status = __webpack_require__(6520);
// EXTERNAL MODULE: ./src/version.js
var version = __webpack_require__(3816);
;// CONCATENATED MODULE: ./src/targets/kubernetes/client/user-agent.js

/** What we call ourselves to API servers. */
const USER_AGENT = `gitops-actions/${version/* VERSION */.x}`;

;// CONCATENATED MODULE: ./src/targets/kubernetes/client/transport.js







const PATIENCE = { first: 8_000, outage: 60_000, overload: 120_000 };
/** The API server ends a request after 60 s by itself. */
const TIMEOUT = 65_000;
const PROBE_TIMEOUT = 5_000;
/** An outage longer than this (milliseconds) is told. */
const TELL_AFTER = 3_000;
/** The media type of a server-side apply. */
const APPLY_PATCH = 'application/apply-patch+yaml';
/** Tries of one request while the server says that it is ready, so that one bad webhook does not cost a minute. */
const TRIES = 5;
/**
 * Requests with everything that makes them arrive: bounded and adaptive concurrency, 429 with Retry-After, renewal of
 * credentials, and retries across connection loss and restarts of the API server.
 */
class Transport {
    limiter = new Limiter();
    #http;
    #credentials;
    #access;
    #log;
    #signal;
    #patience;
    #firstAt;
    #answered = false;
    #recovery;
    constructor(http, credentials, context) {
        this.#http = http;
        this.#credentials = credentials;
        this.#access = context.access;
        this.#log = context.log;
        this.#signal = context.signal;
        this.#patience = context.patience ?? PATIENCE;
    }
    /**
     * @throws ApiError for an answer that is no success
     * @throws GitOpsError when the server cannot be reached, or refuses the credentials
     */
    async call(call) {
        const answer = await this.attempt(call);
        if ('error' in answer)
            throw answer.error;
        return answer;
    }
    /** As `call`, with an answer that is no success as a value. */
    async attempt(call) {
        const started = performance.now();
        this.#firstAt ??= started;
        let losses = 0;
        let failures = 0;
        let repeated = false;
        let renewed = false;
        for (;;) {
            this.#signal?.throwIfAborted();
            if (this.#recovery)
                await this.#recovery;
            const outcome = await this.#limited(call);
            if ('text' in outcome)
                return outcome;
            const { error } = outcome;
            if (error instanceof ConnectionError) {
                if (isPermanent(error, this.#answered))
                    throw unreachable(this.#access, error);
                if (error.sent && !call.idempotent)
                    throw ambiguous(this.#access, call, error);
                repeated ||= error.sent;
                losses++;
                if (error.reused && losses === 1)
                    continue;
                if (losses > TRIES && this.#answered)
                    throw unreachable(this.#access, error);
                // Ready, and yet it breaks off: one of several servers is ill.
                if (losses > 2)
                    await this.#pause(100 * 2 ** losses);
                await this.#recover(error);
            }
            else if (error.code === 401) {
                if (renewed || !this.#credentials.renew(outcome.credential))
                    throw unauthorized(this.#access, error, outcome.credential);
                renewed = true;
            }
            else if (error.code === 429) {
                if (isBudget(error) || performance.now() - started > this.#patience.overload)
                    return { error, repeated };
                await this.#pause(1000 * (error.retryAfterSeconds ?? 1) * (1 + Math.random() / 2));
            }
            else {
                if (error.code === 400 && /HTTP request to an HTTPS server/.test(error.message))
                    throw plainHttp(this.#access, error);
                const retry = retryOf(error, call);
                if (retry === 'never' || ++failures > TRIES || performance.now() - started > this.#patience.outage)
                    return { error, repeated };
                repeated = true;
                await this.#pause(backoff(failures, error));
                if (retry === 'when-ready')
                    await this.#recover(error);
            }
        }
    }
    /** One try of a request whose answer is read as it comes (watch); no retry, no slot of the limiter. */
    async stream(call, signal) {
        if (this.#recovery)
            await this.#recovery;
        const credential = await this.#credentials.current();
        const either = this.#signal ? AbortSignal.any([this.#signal, signal]) : signal;
        const response = await this.#send(call, credential, either, 'identity');
        const code = response.statusCode ?? 0;
        if (code < 300)
            return response;
        const error = (0,client_status/* apiError */.pb)(code, response.headers, await readText(response, TIMEOUT), `${call.method} ${call.path}`);
        if (code === 401 && !this.#credentials.renew(credential))
            throw unauthorized(this.#access, error, credential);
        throw error;
    }
    /** After a connection was lost: waits until the server is ready again, once for all that wait. */
    async recover(error) {
        if (isPermanent(error, this.#answered))
            throw unreachable(this.#access, error);
        await this.#recover(error);
    }
    async #limited(call) {
        await this.limiter.acquire();
        try {
            this.#signal?.throwIfAborted();
            const credential = await this.#credentials.current();
            try {
                const response = await this.#send(call, credential, this.#signal);
                const code = response.statusCode ?? 0;
                const text = await readText(response, call.timeout ?? TIMEOUT);
                this.#answered = true;
                if (code < 300) {
                    this.limiter.succeeded();
                    return { status: code, text, contentType: response.headers['content-type'] ?? '' };
                }
                const error = (0,client_status/* apiError */.pb)(code, response.headers, text, `${call.method} ${call.path.split('?')[0]}`);
                if (code === 429 && !isBudget(error))
                    this.limiter.overloaded();
                return { error, credential };
            }
            catch (error) {
                if (error instanceof ConnectionError)
                    return { error, credential };
                throw error;
            }
        }
        finally {
            this.limiter.release();
        }
    }
    /**
     * The API server compresses answers above 128 KB. Measured: 10,000 objects are 0.7 MB instead of 14 MB at the same
     * speed on loopback, so it is always worth it, except where an answer is read as it comes.
     */
    #send(call, credential, signal, encoding = 'gzip') {
        const headers = {
            Accept: call.accept ?? 'application/json',
            'Accept-Encoding': this.#access.compression ? encoding : 'identity',
            'User-Agent': USER_AGENT
        };
        if (call.contentType)
            headers['Content-Type'] = call.contentType;
        const { method, path, body } = call;
        return this.#http.send({ method, path, headers, signal, timeout: call.timeout ?? TIMEOUT, ...(body === undefined ? {} : { body }) }, credential);
    }
    #recover(error) {
        this.#recovery ??= this.#waitUntilReady(error).finally(() => {
            this.#recovery = undefined;
        });
        return this.#recovery;
    }
    /** Polls `/readyz`: while an API server starts, it answers before its authorizer knows the roles, with 401 and 403. */
    async #waitUntilReady(first) {
        const lostAt = performance.now();
        const deadline = this.#answered
            ? lostAt + this.#patience.outage
            : (this.#firstAt ?? lostAt) + this.#patienceAtFirst(first);
        if (first instanceof ConnectionError && first.code === 'ETIMEDOUT')
            this.#http.dropIdle();
        let refusals = 0;
        let last = first;
        let told = false;
        for (let round = 1;; round++) {
            if (performance.now() > deadline)
                throw unreachable(this.#access, last);
            if (this.#answered && !told && performance.now() - lostAt > TELL_AFTER) {
                told = true;
                this.#log.info(`The API server ${this.#access.server} does not answer; waiting for it to come back.`);
            }
            await this.#pause(Math.min(1000, 50 * 2 ** round) * (0.75 + Math.random() / 2));
            try {
                const error = await this.#probe();
                // Some clusters never show /readyz to their users: then a while of refusals must do.
                if (!error || error.code === 404 || ((error.code === 401 || error.code === 403) && ++refusals >= 5))
                    break;
                last = error;
            }
            catch (error) {
                if (!(error instanceof ConnectionError))
                    throw error;
                if (isPermanent(error, this.#answered))
                    throw unreachable(this.#access, error);
                last = error;
            }
        }
        if (told)
            this.#log.info(`The API server is back after ${Math.round((performance.now() - lostAt) / 1000)} s.`);
    }
    /** A name that nobody knows is rarely a passing trouble. */
    #patienceAtFirst(error) {
        return error instanceof ConnectionError && error.code === 'ENOTFOUND'
            ? this.#patience.first / 5
            : this.#patience.first;
    }
    /** Why the server is not ready; undefined when it is. */
    async #probe() {
        const probe = { method: 'GET', path: '/readyz', accept: '*/*', idempotent: true, timeout: PROBE_TIMEOUT };
        const response = await this.#send(probe, await this.#credentials.current(), this.#signal);
        const text = await readText(response, PROBE_TIMEOUT);
        const code = response.statusCode ?? 0;
        return code < 300 ? undefined : (0,client_status/* apiError */.pb)(code, response.headers, text, 'GET /readyz');
    }
    async #pause(milliseconds) {
        try {
            await (0,external_node_timers_promises_.setTimeout)(milliseconds, undefined, this.#signal ? { signal: this.#signal } : {});
        }
        finally {
            this.#signal?.throwIfAborted();
        }
    }
}
/** An eviction that a disruption budget forbids: waiting is the caller's decision, not a matter of load. */
function isBudget(error) {
    return error.causes.some((cause) => cause.reason === 'DisruptionBudget');
}
/**
 * Whether an answer of the server's side may be different next time. A POST is repeated only when the server itself
 * says so (Retry-After), as client-go does.
 */
function retryOf(error, call) {
    // Several requests changed one object at once: this one, or the quota of its namespace, which every creation counts up.
    if (error.code === 409 && call.contentType === APPLY_PATCH && /object has been modified/.test(error.message))
        return 'soon';
    if (error.code < 500)
        return 'never';
    if (!call.idempotent && error.retryAfterSeconds === undefined)
        return 'never';
    if (error.code === 500) {
        if (/etcdserver|code = Unavailable|context deadline exceeded|error trying to reach service/.test(error.message))
            return 'when-ready';
        // A webhook whose backend is about to start: a few tries. Any other internal error would only repeat itself.
        return /failed calling webhook|failed to call webhook/.test(error.message) ? 'soon' : 'never';
    }
    return error.code === 501 ? 'never' : 'when-ready';
}
function backoff(failures, error) {
    const asked = (error.retryAfterSeconds ?? 0) * 1000;
    return Math.max(asked, 200 * 2 ** failures) * (0.75 + Math.random() / 2);
}

// EXTERNAL MODULE: ./src/targets/kubernetes/client/unknown-kind.js
var unknown_kind = __webpack_require__(8325);
;// CONCATENATED MODULE: ./src/targets/kubernetes/client/watch.js






/**
 * A watch is renewed after this long (seconds), and given up as dead if nothing ends it a little later: load
 * balancers drop connections that are silent for 60 s without telling anybody.
 */
const WATCH_SECONDS = 55;
const GRACE_SECONDS = 10;
/**
 * Events from a resourceVersion on. Renewed inside across the server's own time limits, lost connections and restarts
 * of the API server; ends when `signal` aborts, or after `EXPIRED`, when a new list is needed.
 */
async function* watchEvents(transport, resource, options, signal) {
    let resourceVersion = options.resourceVersion;
    let failures = 0;
    while (!signal.aborted) {
        try {
            for await (const line of lines(transport, resource, { ...options, resourceVersion }, signal)) {
                const event = readEvent(line, resource);
                failures = 0;
                if (event.resourceVersion)
                    resourceVersion = event.resourceVersion;
                if (event.event)
                    yield event.event;
                if (event.event?.type === 'EXPIRED')
                    return;
            }
        }
        catch (error) {
            if (signal.aborted)
                return;
            if (error instanceof cluster/* ApiError */.hD && error.code === 410) {
                yield { type: 'EXPIRED' };
                return;
            }
            const passing = error instanceof ConnectionError || (error instanceof cluster/* ApiError */.hD && isPassing(error));
            if (!passing || ++failures > 10)
                throw error;
            await transport.recover(error);
        }
    }
}
/** 401: the credentials were renewed meanwhile. */
function isPassing(error) {
    return error.code === 401 || error.code === 429 || error.code >= 500;
}
async function* lines(transport, resource, options, signal) {
    const path = `${(0,paths/* collectionPath */.yb)(resource, options.namespace)}${(0,paths/* query */.P)({
        watch: true,
        allowWatchBookmarks: true,
        resourceVersion: options.resourceVersion,
        labelSelector: options.labelSelector,
        fieldSelector: options.fieldSelector,
        timeoutSeconds: WATCH_SECONDS
    })}`;
    const response = await transport.stream({ method: 'GET', path, idempotent: true, timeout: 30_000 }, signal);
    const silence = setTimeout(() => response.destroy(Object.assign(new Error('the watch fell silent'), { code: 'ETIMEDOUT' })), (WATCH_SECONDS + GRACE_SECONDS) * 1000);
    response.setEncoding('utf8');
    let rest = '';
    try {
        for await (const chunk of response) {
            const parts = (rest + String(chunk)).split('\n');
            rest = parts.pop() ?? '';
            for (const part of parts)
                if (part !== '')
                    yield part;
        }
    }
    catch (error) {
        throw error instanceof Error && !signal.aborted ? new ConnectionError(error, true, false) : error;
    }
    finally {
        clearTimeout(silence);
        response.destroy();
    }
}
function readEvent(line, resource) {
    const event = (0,json/* asObject */.eB)((0,json/* parseJson */.qF)(line));
    const type = (0,json/* asString */.oJ)(event?.['type']);
    const object = (0,json/* asObject */.eB)(event?.['object']);
    if (type === 'ERROR') {
        if ((0,json/* asNumber */.i)(object?.['code']) === 410)
            return { event: { type: 'EXPIRED' }, resourceVersion: undefined };
        throw (0,client_status/* statusError */.$C)(object ?? {}, 500, undefined, `watch of ${resource.plural}`);
    }
    const resourceVersion = (0,json/* asString */.oJ)((0,json/* asObject */.eB)(object?.['metadata'])?.['resourceVersion']);
    if (object && (type === 'ADDED' || type === 'MODIFIED' || type === 'DELETED')) {
        object['apiVersion'] ??= (0,objects/* apiVersionOf */.uO)(resource);
        object['kind'] ??= resource.kind;
        if ((0,objects/* isKubernetesObject */.i1)(object))
            return { event: { type, object }, resourceVersion };
    }
    return { resourceVersion }; // BOOKMARK, or a type of a later Kubernetes
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/client/http-cluster.js













const PATCH_TYPES = {
    merge: 'application/merge-patch+json',
    json: 'application/json-patch+json',
    strategic: 'application/strategic-merge-patch+json'
};
/** Milliseconds between the moment a definition is there and the one in which its kind is served, at most. */
const NEW_KIND_PATIENCE = 30_000;
const SHARED_DISCOVERY = 50;
/** The one real `Cluster`: typed operations over a `Transport`. */
class HttpCluster {
    server;
    /** The namespace of the kubeconfig's context, or of the pod that the job runs in. */
    namespace;
    #transport;
    #discovery;
    #discoveredAt = Number.NEGATIVE_INFINITY;
    #byKind;
    constructor(access, transport) {
        this.server = access.server;
        this.namespace = access.namespace;
        this.#transport = transport;
    }
    async version() {
        const answer = await this.request('GET', '/version');
        const text = (key) => (0,json/* asString */.oJ)(answer[key]) ?? '';
        return { gitVersion: text('gitVersion'), major: text('major'), minor: text('minor') };
    }
    async resources() {
        return (await this.#discover()).resources;
    }
    async resourceFor(apiVersion, kind) {
        const discovery = await this.#discover();
        if (this.#byKind?.of !== discovery) {
            const map = new Map();
            for (const resource of discovery.resources) {
                const key = `${(0,objects/* apiVersionOf */.uO)(resource)} ${resource.kind}`;
                if (!map.has(key))
                    map.set(key, resource);
            }
            this.#byKind = { of: discovery, map };
        }
        return this.#byKind.map.get(`${apiVersion} ${kind}`);
    }
    refreshDiscovery() {
        this.#discovery = undefined;
        this.#discoveredAt = Number.NEGATIVE_INFINITY;
    }
    async get(ref) {
        const resource = await this.resourceFor(ref.apiVersion, ref.kind);
        if (!resource) {
            await this.#refuseUnavailable(ref);
            return undefined;
        }
        const path = (0,paths/* objectPath */.du)(resource, ref.name, ref.namespace);
        try {
            const { text } = await this.#transport.call({ method: 'GET', path, idempotent: true });
            return (0,objects/* readObject */.Ag)(text, `GET ${path}`);
        }
        catch (error) {
            if (isNotFound(error))
                return undefined;
            throw error;
        }
    }
    list(resource, options = {}) {
        return listAll(this.#transport, resource, options);
    }
    async apply(object, options = {}) {
        const resource = await this.#served(object);
        const path = `${(0,paths/* objectPath */.du)(resource, object.metadata.name, (0,manifest/* namespaceOf */.N6)(object))}${(0,paths/* query */.P)({
            fieldManager: options.fieldManager ?? cluster/* FIELD_MANAGER */.vy,
            force: options.force ?? false,
            dryRun: options.dryRun ? 'All' : undefined,
            fieldValidation: 'Strict'
        })}`;
        const body = (0,json/* stringifyJson */.sd)(object);
        const answer = await this.#write({ method: 'PATCH', path, body, contentType: APPLY_PATCH, idempotent: true });
        if (options.dryRun)
            refuseTooLarge(answer, body.length);
        return answer;
    }
    async create(object, options = {}) {
        const resource = await this.#served(object);
        const namespace = (0,manifest/* namespaceOf */.N6)(object);
        (0,paths/* requireNamespace */.vc)(resource, object.metadata.name, namespace);
        const path = `${(0,paths/* collectionPath */.yb)(resource, namespace)}${(0,paths/* query */.P)({
            fieldManager: options.fieldManager ?? cluster/* FIELD_MANAGER */.vy,
            dryRun: options.dryRun ? 'All' : undefined,
            fieldValidation: 'Strict'
        })}`;
        const idempotent = options.dryRun === true;
        return this.#write({
            method: 'POST',
            path,
            body: (0,json/* stringifyJson */.sd)(object),
            contentType: 'application/json',
            idempotent
        });
    }
    async patch(ref, type, body, options = {}) {
        const resource = await this.#served(ref);
        const subresource = options.subresource ? `/${options.subresource}` : '';
        const path = `${(0,paths/* objectPath */.du)(resource, ref.name, ref.namespace)}${subresource}${(0,paths/* query */.P)({
            fieldManager: options.fieldManager ?? cluster/* FIELD_MANAGER */.vy,
            dryRun: options.dryRun ? 'All' : undefined
        })}`;
        return this.#write({
            method: 'PATCH',
            path,
            body: (0,json/* stringifyJson */.sd)(body),
            contentType: PATCH_TYPES[type],
            // A JSON patch may append to a list: twice is not once, unless it holds for one version of the object only.
            idempotent: type !== 'json' || options.dryRun === true || isBoundToVersion(body)
        });
    }
    async delete(ref, options = {}) {
        const resource = await this.resourceFor(ref.apiVersion, ref.kind);
        if (!resource) {
            await this.#refuseUnavailable(ref);
            return false;
        }
        const path = `${(0,paths/* objectPath */.du)(resource, ref.name, ref.namespace)}${(0,paths/* query */.P)({ dryRun: options.dryRun ? 'All' : undefined })}`;
        const { uid, resourceVersion, propagation } = options;
        const body = (0,json/* stringifyJson */.sd)({
            apiVersion: 'v1',
            kind: 'DeleteOptions',
            propagationPolicy: propagation ?? 'Background',
            ...(uid || resourceVersion
                ? { preconditions: { ...(uid ? { uid } : {}), ...(resourceVersion ? { resourceVersion } : {}) } }
                : {})
        });
        // With a UID a second try cannot hit an object that came in between; without one it is not tried.
        const call = { method: 'DELETE', path, body, contentType: 'application/json', idempotent: uid !== undefined };
        const answer = await this.#transport.attempt(call);
        if (!('error' in answer))
            return true;
        // Gone on a second try: the first, whose answer was lost, has done it.
        if (isNotFound(answer.error))
            return answer.repeated;
        throw answer.error;
    }
    watch(resource, options, signal) {
        return watchEvents(this.#transport, resource, options, signal);
    }
    async logs(pod, options) {
        const path = `${podPath(pod)}/log${(0,paths/* query */.P)({
            container: options.container,
            previous: options.previous,
            tailLines: options.tailLines
        })}`;
        return (await this.#transport.call({ method: 'GET', path, accept: '*/*', idempotent: true, timeout: 30_000 })).text;
    }
    async evict(pod) {
        const body = {
            apiVersion: 'policy/v1',
            kind: 'Eviction',
            metadata: { name: pod.name, namespace: pod.namespace },
            ...(pod.uid ? { deleteOptions: { preconditions: { uid: pod.uid } } } : {})
        };
        const answer = await this.#transport.attempt({
            method: 'POST',
            path: `${podPath(pod)}/eviction`,
            body: (0,json/* stringifyJson */.sd)(body),
            contentType: 'application/json',
            idempotent: pod.uid !== undefined
        });
        if ('error' in answer && !(answer.repeated && isNotFound(answer.error)))
            throw answer.error;
    }
    async request(method, path, body) {
        const { text } = await this.#transport.call({
            method,
            path,
            ...(body === undefined ? {} : { body: (0,json/* stringifyJson */.sd)(body), contentType: 'application/json' }),
            idempotent: method === 'GET' || method === 'HEAD'
        });
        return (0,json/* asObject */.eB)((0,objects/* parseAnswer */.Wp)(text === '' ? '{}' : text, `${method} ${path}`)) ?? {};
    }
    async #write(call) {
        const { text } = await this.#transport.call(call);
        return (0,objects/* readObject */.Ag)(text, `${call.method} ${call.path}`);
    }
    #discover() {
        if (!this.#discovery) {
            const running = discover(this.#transport);
            this.#discovery = running;
            this.#discoveredAt = performance.now();
            running.catch(() => {
                if (this.#discovery === running)
                    this.#discovery = undefined; // a failure is not remembered
            });
        }
        return this.#discovery;
    }
    /**
     * The resource type of what is to be written. For a kind that is not known, the server is asked anew, and for a
     * moment again and again where a definition may have come: a CRD is served a little later than it is established.
     */
    async #served(wanted) {
        const found = await this.resourceFor(wanted.apiVersion, wanted.kind);
        if (found)
            return found;
        const deadline = performance.now() + NEW_KIND_PATIENCE;
        for (;;) {
            // Once for all who ask at about the same time.
            if (performance.now() - this.#discoveredAt > SHARED_DISCOVERY)
                this.refreshDiscovery();
            const served = await this.resourceFor(wanted.apiVersion, wanted.kind);
            if (served)
                return served;
            await this.#refuseUnavailable(wanted);
            const resources = await this.resources();
            const group = (0,manifest/* groupOf */.F8)(wanted);
            const known = resources.some((resource) => resource.group === group && resource.kind === wanted.kind);
            if (known || performance.now() > deadline || !(await seemsDefined(this.#transport, group, wanted.kind)))
                throw (0,unknown_kind/* unknownKind */.P)(wanted, resources);
            await (0,external_node_timers_promises_.setTimeout)(100);
        }
    }
    async #refuseUnavailable(wanted) {
        const group = (0,manifest/* groupOf */.F8)(wanted);
        if ((await this.#discover()).unavailable.has(group))
            throw new errors/* GitOpsError */.$(`The API group ${group} of ${wanted.kind} is not available at the moment.`, {
                hint: `An extension API server serves it: see kubectl get apiservices, and the pods behind its Service.`
            });
    }
}
/** Whether a JSON patch tests or sets the version of the object: the second time it meets another one, and is refused. */
function isBoundToVersion(body) {
    return (0,json/* asList */.DD)(body)?.some((op) => (0,json.at)(op, 'path') === '/metadata/resourceVersion') === true;
}
function podPath(pod) {
    return `/api/v1/namespaces/${encodeURIComponent(pod.namespace)}/pods/${encodeURIComponent(pod.name)}`;
}
function isNotFound(error) {
    return error instanceof cluster/* ApiError */.hD && error.code === 404;
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/client/index.js








/**
 * An API server to work with. Reads the kubeconfig and its files; the first request is the first that goes out.
 * @throws GitOpsError when no cluster is configured, or the kubeconfig or the context is wrong
 */
async function connect(options) {
    const { log, env = process.env, exec = toolchain_exec/* exec */.m, signal } = options;
    const access = findAccess(options.kubeconfig, options.context, env, options.serviceAccountDirectory);
    const abort = signal ? { signal } : {};
    const credentials = credentialsOf(access, { exec, env, log, mask: options.mask ?? (() => { }), ...abort });
    const patience = options.patience ? { patience: options.patience } : {};
    const transport = new Transport(new HttpConnection(access, env), credentials, { access, log, ...abort, ...patience });
    return new HttpCluster(access, transport);
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


/***/ }),

/***/ 3468:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ag: () => (/* binding */ readObject),
/* harmony export */   SP: () => (/* binding */ readPage),
/* harmony export */   Wp: () => (/* binding */ parseAnswer),
/* harmony export */   i1: () => (/* binding */ isKubernetesObject),
/* harmony export */   uO: () => (/* binding */ apiVersionOf)
/* harmony export */ });
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(124);
/* harmony import */ var _cluster_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5920);
/* harmony import */ var _status_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6520);



/** `group/version` as it stands in an object's apiVersion. */
function apiVersionOf(resource) {
    return resource.group === '' ? resource.version : `${resource.group}/${resource.version}`;
}
/** True for JSON with the fields that every object has. */
function isKubernetesObject(value) {
    return ((0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .isObject */ .Gv)(value) &&
        typeof value['apiVersion'] === 'string' &&
        typeof value['kind'] === 'string' &&
        (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .isObject */ .Gv)(value['metadata']) &&
        typeof value['metadata']['name'] === 'string');
}
/** An object from the text of an answer. @throws ApiError when something on the way answered in its place */
function readObject(text, asked) {
    const value = parseAnswer(text, asked);
    if (!isKubernetesObject(value))
        throw unexpected(asked, text);
    return value;
}
/** A page of a list. Items of a list lack apiVersion and kind: they are filled in. */
function readPage(text, resource, asked) {
    const list = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asObject */ .eB)(parseAnswer(text, asked));
    const items = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asList */ .DD)(list?.['items']);
    const metadata = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asObject */ .eB)(list?.['metadata']);
    // A list of nothing may be `"items": null` (some extension API servers).
    if (!list || !metadata || (items === undefined && list['items'] !== null))
        throw unexpected(asked, text);
    const apiVersion = apiVersionOf(resource);
    const objects = [];
    for (const item of items ?? []) {
        if (!(0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .isObject */ .Gv)(item))
            throw unexpected(asked, text);
        item['apiVersion'] ??= apiVersion;
        item['kind'] ??= resource.kind;
        if (!isKubernetesObject(item))
            throw unexpected(asked, text);
        objects.push(item);
    }
    return {
        items: objects,
        resourceVersion: (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asString */ .oJ)(metadata['resourceVersion']) ?? '',
        next: (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asString */ .oJ)(metadata['continue']) || undefined
    };
}
function parseAnswer(text, asked) {
    try {
        return (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .parseJson */ .qF)(text);
    }
    catch {
        throw unexpected(asked, text);
    }
}
function unexpected(asked, text) {
    const start = (0,_status_js__WEBPACK_IMPORTED_MODULE_2__/* .plainText */ .wh)(text).slice(0, 120) || 'nothing';
    return new _cluster_js__WEBPACK_IMPORTED_MODULE_1__/* .ApiError */ .hD(502, 'UnexpectedAnswer', `${asked}: the answer is not what a Kubernetes API server gives: ${start}`);
}


/***/ }),

/***/ 8712:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   P: () => (/* binding */ query),
/* harmony export */   du: () => (/* binding */ objectPath),
/* harmony export */   vc: () => (/* binding */ requireNamespace),
/* harmony export */   yb: () => (/* binding */ collectionPath)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9973);

/** The path of a resource type, in one namespace or in all of them: `/apis/apps/v1/namespaces/shop/deployments`. */
function collectionPath(resource, namespace) {
    const { group, version, plural } = resource;
    const root = group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
    const scope = resource.namespaced && namespace !== undefined ? `/namespaces/${encodeURIComponent(namespace)}` : '';
    return `${root}${scope}/${plural}`;
}
/** The path of one object. @throws GitOpsError when it must have a namespace and has none */
function objectPath(resource, name, namespace) {
    requireNamespace(resource, name, namespace);
    return `${collectionPath(resource, namespace)}/${encodeURIComponent(name)}`;
}
/** @throws GitOpsError when the kind is namespaced and `namespace` is undefined: a guess could hit a stranger's object */
function requireNamespace(resource, name, namespace) {
    if (resource.namespaced && namespace === undefined)
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .GitOpsError */ .$(`${resource.kind} "${name}" has no namespace, and a ${resource.kind} must have one.`, {
            hint: 'Set metadata.namespace, or the input "namespace" for all that name none.'
        });
}
/** `?a=1&b=2` of the values that are there, or the empty string. */
function query(values) {
    const parts = Object.entries(values)
        .filter(([, value]) => value !== undefined && value !== '' && value !== false)
        .map(([key, value]) => `${key}=${encodeURIComponent(String(value))}`);
    return parts.length === 0 ? '' : `?${parts.join('&')}`;
}


/***/ }),

/***/ 3669:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   N: () => (/* binding */ joinedRoles),
/* harmony export */   Z: () => (/* binding */ rolesFor)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);

/** What is asked together: who may list and not watch, or patch and not read, is refused a moment later. */
const READING = ['get', 'list', 'watch'];
const TOGETHER = [
    READING,
    [...READING, 'create', 'patch'],
    [...READING, 'create', 'patch', 'update']
];
/**
 * Roles and ClusterRoles with their bindings that give these rights, as YAML: one pair for each user and namespace.
 * The name of each is made of what it says: applied beside earlier ones it takes nothing back.
 */
function rolesFor(needs) {
    const roles = new Map();
    for (const need of needs) {
        const role = entry(roles, `${need.user}\n${need.namespace ?? ''}`, () => ({ scope: need, rules: new Map() }));
        const rule = entry(role.rules, `${need.group}/${need.resource}`, () => ({ need, verbs: new Set() }));
        for (const verb of verbsWith(need))
            rule.verbs.add(verb);
    }
    return [...roles.values()]
        .map(({ scope, rules }) => {
        const lines = [...rules.values()].map(({ need, verbs }) => ruleOf(need, [...verbs]));
        return roleOf({ namespace: scope.namespace, subject: subjectOf(scope.user), lines });
    })
        .join(SEPARATOR);
}
const SEPARATOR = '\n---\n';
/** Texts that `rolesFor` gave as one: what concerns one user and namespace becomes one Role, each rule once. */
function joinedRoles(texts) {
    const roles = new Map();
    for (const text of texts)
        for (const [, , namespace, rules = '', subject = ''] of text.matchAll(WRITTEN)) {
            const role = entry(roles, `${namespace ?? ''}\n${subject}`, () => ({ namespace, subject, lines: [] }));
            for (const line of rules.split('\n'))
                if (line !== '' && !role.lines.includes(line))
                    role.lines.push(line);
        }
    return [...roles.values()].map(roleOf).join(SEPARATOR);
}
/** What `roleOf` writes. */
const WRITTEN = /^metadata: \{name: ([^,}]+)(?:, namespace: ([^}]+))?\}\nrules:\n((?:- .*\n)*)[\s\S]*?^subjects: \[(.*)\]$/gm;
function entry(map, key, make) {
    const known = map.get(key);
    if (known !== undefined)
        return known;
    const made = make();
    map.set(key, made);
    return made;
}
function verbsWith({ verb, resource }) {
    // A subresource (pods/log, pods/eviction) has one use.
    if (resource.includes('/'))
        return [verb];
    return TOGETHER.find((verbs) => verbs.includes(verb)) ?? [verb];
}
function ruleOf({ group, resource }, verbs) {
    return `- {apiGroups: [${JSON.stringify(group)}], resources: [${JSON.stringify(resource)}], verbs: [${verbs.join(', ')}]}`;
}
function subjectOf(user) {
    const account = /^system:serviceaccount:([^:]+):(.+)$/.exec(user);
    return account
        ? `{kind: ServiceAccount, name: ${account[2]}, namespace: ${account[1]}}`
        : `{kind: User, name: ${JSON.stringify(user)}, apiGroup: rbac.authorization.k8s.io}`;
}
function roleOf(role) {
    const { namespace, subject, lines } = role;
    const kind = namespace === undefined ? 'ClusterRole' : 'Role';
    const content = [kind, namespace ?? '', subject, ...lines].join('\n');
    const name = `gitops-actions-${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(content).digest('hex').slice(0, 8)}`;
    const metadata = `metadata: {name: ${name}${namespace === undefined ? '' : `, namespace: ${namespace}`}}`;
    return [
        'apiVersion: rbac.authorization.k8s.io/v1',
        `kind: ${kind}`,
        metadata,
        'rules:',
        ...lines,
        '---',
        'apiVersion: rbac.authorization.k8s.io/v1',
        `kind: ${kind}Binding`,
        metadata,
        `roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ${kind}, name: ${name}}`,
        `subjects: [${subject}]`
    ].join('\n');
}


/***/ }),

/***/ 6520:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $C: () => (/* binding */ statusError),
/* harmony export */   pb: () => (/* binding */ apiError),
/* harmony export */   wh: () => (/* binding */ plainText)
/* harmony export */ });
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(124);
/* harmony import */ var _cluster_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5920);


/** The answer of the API server as an error: its `Status` object, or whatever else stood in the way (a proxy's page). */
function apiError(code, headers, body, asked) {
    const status = readStatus(body);
    const header = Number(headers['retry-after']);
    if (!status) {
        const said = redirection(code, headers) ?? plainText(body);
        return new _cluster_js__WEBPACK_IMPORTED_MODULE_1__/* .ApiError */ .hD(code, reasonOf(code), `${asked}: HTTP ${code}${said === '' ? '' : `: ${said}`}`, {
            ...(header > 0 ? { retryAfterSeconds: header } : {})
        });
    }
    return statusError(status, code, header > 0 ? header : undefined, asked);
}
/** The beginning of a page, without its markup. */
function plainText(page) {
    return page
        .replace(/<(script|style)\b[\s\S]*?<\/\1>/gi, ' ')
        .replace(/<[^>]*>/g, ' ')
        .replace(/\s+/g, ' ')
        .trim()
        .slice(0, 300);
}
/** Where a login page or a gateway sends a browser; what follows the host may hold a secret. */
function redirection(code, headers) {
    const { location } = headers;
    if (code < 300 || code > 399 || location === undefined)
        return undefined;
    return `it redirects to ${URL.canParse(location) ? new URL(location).origin : 'another path'}, as a login page or a gateway does, not an API server`;
}
/** An error from a `Status` object, as it also occurs in watches. */
function statusError(status, httpCode = 500, retryAfter, asked = '') {
    const details = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asObject */ .eB)(status['details']);
    const code = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asNumber */ .i)(status['code']) ?? httpCode;
    const seconds = retryAfter ?? (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asNumber */ .i)(details?.['retryAfterSeconds']);
    const causes = ((0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asList */ .DD)(details?.['causes']) ?? []).map((cause) => ({
        reason: (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asString */ .oJ)((0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asObject */ .eB)(cause)?.['reason']) ?? '',
        message: (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asString */ .oJ)((0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asObject */ .eB)(cause)?.['message']) ?? '',
        field: (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asString */ .oJ)((0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asObject */ .eB)(cause)?.['field']) ?? ''
    }));
    const message = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asString */ .oJ)(status['message']) || `${asked}: HTTP ${code}`;
    return new _cluster_js__WEBPACK_IMPORTED_MODULE_1__/* .ApiError */ .hD(code, (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asString */ .oJ)(status['reason']) || reasonOf(code), message, {
        causes,
        ...(details ? { details } : {}),
        ...(seconds === undefined ? {} : { retryAfterSeconds: seconds })
    });
}
function readStatus(body) {
    try {
        const value = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asObject */ .eB)((0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .parseJson */ .qF)(body));
        return value?.['kind'] === 'Status' ? value : undefined;
    }
    catch {
        return undefined;
    }
}
function reasonOf(code) {
    const reasons = {
        400: 'BadRequest',
        401: 'Unauthorized',
        403: 'Forbidden',
        404: 'NotFound',
        405: 'MethodNotAllowed',
        409: 'Conflict',
        410: 'Gone',
        413: 'RequestEntityTooLarge',
        415: 'UnsupportedMediaType',
        422: 'Invalid',
        429: 'TooManyRequests',
        500: 'InternalError',
        503: 'ServiceUnavailable',
        504: 'Timeout'
    };
    return reasons[code] ?? `HTTP${code}`;
}


/***/ }),

/***/ 8325:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   P: () => (/* binding */ unknownKind)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9973);
/* harmony import */ var _suggest_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3850);
/* harmony import */ var _objects_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3468);



/** Groups of Kubernetes itself; every other one with a dot is of a CustomResourceDefinition or an extension API server. */
const BUILT_IN = new Set([
    'admissionregistration',
    'apiextensions',
    'apiregistration',
    'authentication',
    'authorization',
    'certificates',
    'coordination',
    'discovery',
    'events',
    'flowcontrol.apiserver',
    'internal.apiserver',
    'networking',
    'node',
    'rbac.authorization',
    'resource',
    'scheduling',
    'storage',
    'storagemigration'
].map((name) => `${name}.k8s.io`));
/** What is missing for a kind that the server does not know: another version of it, its CRD, or a letter. */
function unknownKind(wanted, resources) {
    const { apiVersion, kind } = wanted;
    const group = apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '';
    const inGroup = resources.filter((resource) => resource.group === group);
    const versions = inGroup.filter((resource) => resource.kind === kind).map(_objects_js__WEBPACK_IMPORTED_MODULE_1__/* .apiVersionOf */ .uO);
    if (versions.length > 0)
        return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .GitOpsError */ .$(`The API server does not serve ${kind} of ${apiVersion}.`, {
            hint: `It serves ${kind} as ${listed(versions)}: change apiVersion.`
        });
    const message = `The API server does not know the kind ${kind} of ${apiVersion}.`;
    const elsewhere = resources.filter((resource) => resource.kind === kind).map(_objects_js__WEBPACK_IMPORTED_MODULE_1__/* .apiVersionOf */ .uO);
    const isCustom = group.includes('.') && !BUILT_IN.has(group);
    const meant = (0,_suggest_js__WEBPACK_IMPORTED_MODULE_2__/* .suggest */ .ZA)(kind, inGroup.map((resource) => resource.kind));
    if (meant?.toLowerCase() === kind.toLowerCase())
        return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .GitOpsError */ .$(message, { hint: `Kinds are case-sensitive: it knows ${meant}.` });
    const also = [
        ...(elsewhere.length > 0 ? [`it knows ${kind} of ${listed(elsewhere)}`] : []),
        ...(meant === undefined ? [] : [`of ${group === '' ? 'v1' : group} it knows ${meant}`])
    ].join('; ');
    if (!isCustom)
        return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .GitOpsError */ .$(message, {
            hint: also === '' ? 'Check the spelling of apiVersion and kind.' : `Change apiVersion or kind: ${also}.`
        });
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .GitOpsError */ .$(message, {
        hint: `The CustomResourceDefinition of ${kind} in the group ${group} (by custom, ${pluralOf(kind)}.${group}) is neither installed nor among the manifests: add it, or install its operator before.${also === '' ? '' : ` Or change apiVersion or kind: ${also}.`}`
    });
}
function listed(versions) {
    return [...new Set(versions)].join(', ');
}
/** As code generators and most authors of definitions have it. */
function pluralOf(kind) {
    const word = kind.toLowerCase();
    if (/[^aeiou]y$/.test(word))
        return `${word.slice(0, -1)}ies`;
    return /(?:s|x|z|ch|sh)$/.test(word) ? `${word}es` : `${word}s`;
}


/***/ }),

/***/ 3816:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   x: () => (/* binding */ VERSION)
/* harmony export */ });
/** The suite's version: in the user agent, the inventory's tooling annotation and the reports. Held in step with package.json by a test. */
const VERSION = '0.1.0';


/***/ })

};
