export const id = 783;
export const ids = [783];
export const modules = {

/***/ 8783:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   readAhead: () => (/* binding */ readAhead)
/* harmony export */ });
/* harmony import */ var _cancel_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(406);
/* harmony import */ var _client_paths_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8712);
/* harmony import */ var _inventory_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5966);
/* harmony import */ var _live_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6378);




/** Begins to read. Nothing is thrown here: what fails is asked for once more by whoever needs it, and told then. */
function readAhead(cluster, key, signal) {
    const reading = (0,_cancel_js__WEBPACK_IMPORTED_MODULE_0__/* .endingWith */ ["in"])(cluster, signal, 0);
    const inventory = (0,_inventory_js__WEBPACK_IMPORTED_MODULE_2__/* .readInventory */ .zw)(reading, key);
    const lists = inventory.then((found) => beginLists(reading, key, found));
    lists.catch(() => { });
    return {
        inventory,
        async members(type, namespaces) {
            try {
                const begun = await lists;
                return scopeOf(namespaces) === begun.scope ? await begun.of.get((0,_client_paths_js__WEBPACK_IMPORTED_MODULE_1__/* .collectionPath */ .yb)(type)) : undefined;
            }
            catch {
                return undefined;
            }
        }
    };
}
async function beginLists(cluster, key, inventory) {
    const namespaces = [...new Set([key.namespace, ...(inventory?.namespaces ?? [])])];
    const lists = new Map();
    for (const groupKind of inventory?.groupKinds ?? []) {
        const type = await (0,_live_js__WEBPACK_IMPORTED_MODULE_3__/* .preferred */ .yl)(cluster, groupKind);
        if (!type)
            continue;
        const list = (0,_live_js__WEBPACK_IMPORTED_MODULE_3__/* .listMembers */ .YV)(cluster, type, (0,_inventory_js__WEBPACK_IMPORTED_MODULE_2__/* .applySetId */ .A3)(key), namespaces);
        list.catch(() => { });
        lists.set((0,_client_paths_js__WEBPACK_IMPORTED_MODULE_1__/* .collectionPath */ .yb)(type), list);
    }
    return { scope: scopeOf(namespaces), of: lists };
}
function scopeOf(namespaces) {
    return [...namespaces].sort().join(',');
}


/***/ }),

/***/ 406:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Sl: () => (/* binding */ TIME_TO_FINISH),
/* harmony export */   cc: () => (/* binding */ CancelledError),
/* harmony export */   gr: () => (/* binding */ TIME_TO_RECORD),
/* harmony export */   "in": () => (/* binding */ endingWith)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9973);

/**
 * What is left of a run after it was cancelled, in milliseconds: GitHub kills 10 s after its first signal, and outputs
 * and summary are still to be written. Applying ends what is under way, then the inventory and the lease are written.
 */
const TIME_TO_FINISH = 3000;
const TIME_TO_RECORD = 4500;
/** The run was cancelled while a request was under way that did not end in time. */
class CancelledError extends _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .GitOpsError */ .$ {
    constructor(message = 'The run was cancelled.') {
        super(message, { hint: 'Run it again: what was done stays, and a re-run continues from there.' });
    }
}
/**
 * The same cluster for a run that may be cancelled: `grace` milliseconds after that every request that is under way
 * rejects, and every later one, however long the API server takes or the client would go on trying.
 */
function endingWith(cluster, signal, grace) {
    if (!signal)
        return cluster;
    const over = new AbortController();
    const end = () => {
        if (grace === 0)
            over.abort();
        // The timer must not keep a process alive that has done its work.
        else
            setTimeout(() => over.abort(), grace).unref();
    };
    if (signal.aborted)
        end();
    else
        signal.addEventListener('abort', end, { once: true });
    return new EndingCluster(cluster, over.signal);
}
class EndingCluster {
    server;
    #cluster;
    #over;
    constructor(cluster, over) {
        this.server = cluster.server;
        this.#cluster = cluster;
        this.#over = over;
    }
    #until(start) {
        if (this.#over.aborted)
            return Promise.reject(new CancelledError());
        return new Promise((resolve, reject) => {
            const end = () => reject(new CancelledError('The run was cancelled while a request to the API server was under way.'));
            this.#over.addEventListener('abort', end, { once: true });
            start()
                .finally(() => this.#over.removeEventListener('abort', end))
                .then(resolve, reject);
        });
    }
    version = () => this.#until(() => this.#cluster.version());
    resources = () => this.#until(() => this.#cluster.resources());
    resourceFor = (...given) => this.#until(() => this.#cluster.resourceFor(...given));
    refreshDiscovery = () => this.#cluster.refreshDiscovery();
    get = (...given) => this.#until(() => this.#cluster.get(...given));
    list = (...given) => this.#until(() => this.#cluster.list(...given));
    apply = (...given) => this.#until(() => this.#cluster.apply(...given));
    create = (...given) => this.#until(() => this.#cluster.create(...given));
    patch = (...given) => this.#until(() => this.#cluster.patch(...given));
    delete = (...given) => this.#until(() => this.#cluster.delete(...given));
    logs = (...given) => this.#until(() => this.#cluster.logs(...given));
    evict = (...given) => this.#until(() => this.#cluster.evict(...given));
    request = (...given) => this.#until(() => this.#cluster.request(...given));
    watch(...[resource, options, signal]) {
        return this.#cluster.watch(resource, options, AbortSignal.any([signal, this.#over]));
    }
}


/***/ }),

/***/ 5343:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   D: () => (/* binding */ explainForbidden),
/* harmony export */   g: () => (/* binding */ describeApiError)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9973);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(124);


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
    return { user, verb, group, resource, namespace, name, role: roleFor({ user, verb, group, resource, namespace }) };
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
            hint: `This would allow it:\n${forbidden.role}`,
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
function hintOf(error) {
    if (/field not declared in schema|unknown field/.test(error.message))
        return { hint: 'Check the spelling and the indentation of that field against the API reference of this kind.' };
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
function roleFor(need) {
    const { user, verb, group, resource, namespace } = need;
    const kind = namespace ? 'Role' : 'ClusterRole';
    const scope = namespace ? `, namespace: ${namespace}` : '';
    const account = /^system:serviceaccount:([^:]+):(.+)$/.exec(user);
    const subject = account
        ? `{kind: ServiceAccount, name: ${account[2]}, namespace: ${account[1]}}`
        : `{kind: User, name: ${JSON.stringify(user)}, apiGroup: rbac.authorization.k8s.io}`;
    // What an apply needs is always these three together: the object is read, created or patched.
    const verbs = verb === 'patch' || verb === 'create' ? ['get', 'create', 'patch'] : [verb];
    return [
        'apiVersion: rbac.authorization.k8s.io/v1',
        `kind: ${kind}`,
        `metadata: {name: gitops-actions${scope}}`,
        'rules:',
        `- {apiGroups: [${JSON.stringify(group)}], resources: [${JSON.stringify(resource)}], verbs: [${verbs.join(', ')}]}`,
        '---',
        'apiVersion: rbac.authorization.k8s.io/v1',
        `kind: ${kind}Binding`,
        `metadata: {name: gitops-actions${scope}}`,
        `roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ${kind}, name: gitops-actions}`,
        `subjects: [${subject}]`
    ].join('\n');
}


/***/ }),

/***/ 8281:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Et: () => (/* binding */ momentOf),
/* harmony export */   H8: () => (/* binding */ refOf),
/* harmony export */   KU: () => (/* binding */ resourceOf),
/* harmony export */   q0: () => (/* binding */ describe)
/* harmony export */ });
/* harmony import */ var _render_manifest_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1632);

/** An object in the engine-neutral words of a plan. */
function resourceOf(object) {
    const namespace = (0,_render_manifest_js__WEBPACK_IMPORTED_MODULE_0__/* .namespaceOf */ .N6)(object);
    return {
        id: (0,_render_manifest_js__WEBPACK_IMPORTED_MODULE_0__/* .objectId */ .Tu)(object),
        kind: object.kind,
        name: object.metadata.name,
        ...(namespace === undefined ? {} : { namespace })
    };
}
/** `Deployment shop/web`. */
function describe(object) {
    const namespace = (0,_render_manifest_js__WEBPACK_IMPORTED_MODULE_0__/* .namespaceOf */ .N6)(object);
    return `${object.kind} ${namespace === undefined ? '' : `${namespace}/`}${object.metadata.name}`;
}
/** Where the API server keeps an object. */
function refOf(object) {
    const namespace = (0,_render_manifest_js__WEBPACK_IMPORTED_MODULE_0__/* .namespaceOf */ .N6)(object);
    return {
        apiVersion: object.apiVersion,
        kind: object.kind,
        name: object.metadata.name,
        ...(namespace === undefined ? {} : { namespace })
    };
}
/** `2026-11-23 16:13:30 UTC`; what is no time as it is. */
function momentOf(time) {
    if (Number.isNaN(new Date(time).getTime()))
        return String(time);
    return new Date(time)
        .toISOString()
        .replace('T', ' ')
        .replace(/\.\d+Z$/, ' UTC');
}


/***/ }),

/***/ 6378:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   YV: () => (/* binding */ listMembers),
/* harmony export */   mo: () => (/* binding */ readMembers),
/* harmony export */   p9: () => (/* binding */ readLive),
/* harmony export */   yl: () => (/* binding */ preferred)
/* harmony export */ });
/* harmony import */ var _concurrency_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(1819);
/* harmony import */ var _render_manifest_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(1632);
/* harmony import */ var _client_explain_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5343);
/* harmony import */ var _cluster_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5920);
/* harmony import */ var _declared_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3186);
/* harmony import */ var _describe_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(8281);
/* harmony import */ var _inventory_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5966);







/**
 * Fetches everything that carries the target's membership label, of every type that it declares or ever owned.
 * One LIST per type: in the one namespace where that is all, else across namespaces, and namespace by namespace
 * where the credentials allow no more. With `partial`, objects of types that may not be listed are read one by one,
 * and what may not be read either is answered as unseen instead of failing the whole.
 */
async function readLive(cluster, key, declared, inventory, options = {}) {
    const unserved = [];
    const types = new Map();
    for (const { resource } of declared)
        if (resource)
            types.set(`${resource.kind}.${resource.group}`, resource);
    for (const groupKind of inventory?.groupKinds ?? []) {
        const name = qualified(groupKind);
        if (types.has(name))
            continue;
        const resource = await preferred(cluster, groupKind);
        if (resource)
            types.set(name, resource);
        else
            unserved.push(groupKind);
    }
    const namespaces = new Set([key.namespace, ...(inventory?.namespaces ?? [])]);
    for (const { namespace } of declared)
        if (namespace !== undefined)
            namespaces.add(namespace);
    const unseen = new Set();
    const notes = [];
    const everywhere = inventory ? undefined : readRest(cluster, key, new Set(types.keys()));
    // Awaited below; until then its failure must not count as unhandled.
    everywhere?.catch(() => { });
    const lists = await (0,_concurrency_js__WEBPACK_IMPORTED_MODULE_4__/* .mapConcurrent */ ._)([...types.values()], 16, async (type) => {
        try {
            const read = await options.ahead?.members(type, [...namespaces]);
            return read ?? (await listMembers(cluster, type, (0,_inventory_js__WEBPACK_IMPORTED_MODULE_3__/* .applySetId */ .A3)(key), [...namespaces]));
        }
        catch (error) {
            if (!options.partial || !(error instanceof _cluster_js__WEBPACK_IMPORTED_MODULE_1__/* .ApiError */ .hD) || error.code !== 403)
                throw error;
            const own = declared.filter(({ resource }) => resource?.kind === type.kind && resource.group === type.group);
            const read = await readOneByOne(cluster, own);
            for (const id of read.unseen)
                unseen.add(id);
            notes.push(partialNote(type, own.length, read.unseen.length, error));
            return read.objects;
        }
    });
    const members = new Map();
    for (const object of lists.flat())
        members.set((0,_render_manifest_js__WEBPACK_IMPORTED_MODULE_5__/* .objectId */ .Tu)(object), object);
    const rest = await everywhere;
    for (const object of rest?.members ?? [])
        members.set((0,_render_manifest_js__WEBPACK_IMPORTED_MODULE_5__/* .objectId */ .Tu)(object), object);
    return { members, unserved, unseen, notes, ...(rest ? { hidden: rest.hidden } : {}) };
}
/** Declared objects of a type that may not be listed: a Role may still allow to read them by name. */
async function readOneByOne(cluster, declared) {
    const objects = [];
    const unseen = [];
    await (0,_concurrency_js__WEBPACK_IMPORTED_MODULE_4__/* .mapConcurrent */ ._)(declared, 8, async ({ id, manifest }) => {
        try {
            const object = await cluster.get((0,_describe_js__WEBPACK_IMPORTED_MODULE_6__/* .refOf */ .H8)(manifest.object));
            if (object)
                objects.push(object);
        }
        catch (error) {
            if (!(error instanceof _cluster_js__WEBPACK_IMPORTED_MODULE_1__/* .ApiError */ .hD) || error.code !== 403)
                throw error;
            unseen.push(id);
        }
    });
    return { objects, unseen };
}
function partialNote(type, declared, unseen, error) {
    const name = type.group === '' ? type.plural : `${type.plural}.${type.group}`;
    const forbidden = (0,_client_explain_js__WEBPACK_IMPORTED_MODULE_0__/* .explainForbidden */ .D)(error);
    const who = forbidden ? ` the user "${forbidden.user}"` : ' the credentials';
    const where = forbidden?.namespace ? ` in the namespace "${forbidden.namespace}"` : '';
    const cure = `A Role with the verbs get and list on ${name} allows it.`;
    const what = unseen > 0
        ? `${unseen} of ${declared} declared objects of the type ${name} were not checked`
        : `Objects of the type ${name} that are no longer declared were not looked for`;
    return `${what}:${who} may not list ${name}${where}. ${cure}`;
}
/**
 * Without an inventory nobody knows of which types a target has members: it was never deployed, or its inventory was
 * deleted. So every other type is asked for; what may not be listed is told. Nothing lives in a namespace that is not
 * there, as at most first deploys.
 */
async function readRest(cluster, key, known) {
    const hasHome = await isThere(cluster, key.namespace);
    const types = new Map();
    for (const type of await cluster.resources()) {
        const name = `${type.kind}.${type.group}`;
        if (known.has(name) || types.has(name) || NEVER_MEMBERS.has(name) || (type.namespaced && !hasHome))
            continue;
        if (type.verbs.includes('list') && type.verbs.includes('patch'))
            types.set(name, type);
    }
    const hidden = [];
    const lists = await (0,_concurrency_js__WEBPACK_IMPORTED_MODULE_4__/* .mapConcurrent */ ._)([...types.values()], 16, async (type) => {
        try {
            return await listMembers(cluster, type, (0,_inventory_js__WEBPACK_IMPORTED_MODULE_3__/* .applySetId */ .A3)(key), [key.namespace]);
        }
        catch (error) {
            // Forbidden, or an aggregated API whose server is down.
            if (!(error instanceof _cluster_js__WEBPACK_IMPORTED_MODULE_1__/* .ApiError */ .hD))
                throw error;
            hidden.push(type.group === '' ? type.plural : `${type.plural}.${type.group}`);
            return [];
        }
    });
    return { members: lists.flat().filter((object) => !(0,_declared_js__WEBPACK_IMPORTED_MODULE_2__/* .hasOwner */ .uD)(object)), hidden: hidden.sort() };
}
/** Endpoints and their like carry the labels of the Service that they belong to; events are many and belong to nobody. */
const NEVER_MEMBERS = new Set([
    'Endpoints.',
    'EndpointSlice.discovery.k8s.io',
    'Event.',
    'Event.events.k8s.io'
]);
async function isThere(cluster, namespace) {
    try {
        return (await cluster.get({ apiVersion: 'v1', kind: 'Namespace', name: namespace })) !== undefined;
    }
    catch (error) {
        // Credentials for one namespace often may not read it as an object.
        if (error instanceof _cluster_js__WEBPACK_IMPORTED_MODULE_1__/* .ApiError */ .hD && error.code === 403)
            return true;
        throw error;
    }
}
/** The members of any ApplySet, found as its parent says: in these types (`Kind.group`) and namespaces. */
async function readMembers(cluster, set) {
    const types = await Promise.all(set.groupKinds.map((groupKind) => preferred(cluster, groupKind)));
    const lists = await (0,_concurrency_js__WEBPACK_IMPORTED_MODULE_4__/* .mapConcurrent */ ._)(types.filter((type) => type !== undefined), 16, (type) => listMembers(cluster, type, set.id, set.namespaces));
    return lists.flat();
}
/** Everything of a type that carries a set's label: asked for at once, and namespace by namespace where that is forbidden. */
async function listMembers(cluster, type, id, namespaces) {
    const labelSelector = `${_inventory_js__WEBPACK_IMPORTED_MODULE_3__/* .PART_OF_LABEL */ .vr}=${id}`;
    if (!type.namespaced)
        return (await cluster.list(type, { labelSelector })).items;
    const [only] = namespaces;
    if (namespaces.length === 1 && only !== undefined)
        return (await cluster.list(type, { namespace: only, labelSelector })).items;
    try {
        return (await cluster.list(type, { labelSelector })).items;
    }
    catch (error) {
        if (!(error instanceof _cluster_js__WEBPACK_IMPORTED_MODULE_1__/* .ApiError */ .hD) || error.code !== 403)
            throw error;
        const lists = await (0,_concurrency_js__WEBPACK_IMPORTED_MODULE_4__/* .mapConcurrent */ ._)(namespaces, 8, async (namespace) => (await cluster.list(type, { namespace, labelSelector })).items);
        return lists.flat();
    }
}
/** The served type of `Kind.group`, whatever its version; discovery lists the preferred version first. */
async function preferred(cluster, groupKind) {
    const name = qualified(groupKind);
    return (await cluster.resources()).find((type) => `${type.kind}.${type.group}` === name && type.verbs.includes('list'));
}
/** An inventory names kinds of the core group without a dot. */
function qualified(groupKind) {
    return groupKind.includes('.') ? groupKind : `${groupKind}.`;
}


/***/ })

};
