export const id = 108;
export const ids = [108];
export const modules = {

/***/ 108:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  render: () => (/* binding */ render)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: ./src/concurrency.js
var concurrency = __webpack_require__(1819);
// EXTERNAL MODULE: ./src/errors.js
var errors = __webpack_require__(9973);
// EXTERNAL MODULE: ./src/json.js
var json = __webpack_require__(124);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: ./src/render/manifest.js
var render_manifest = __webpack_require__(1632);
;// CONCATENATED MODULE: ./src/render/pods.js


const CONTAINER_LISTS = ['initContainers', 'containers', 'ephemeralContainers'];
/** Where kinds of Kubernetes itself have their pod template. */
const TEMPLATES = {
    '/PodTemplate': ['template'],
    '/ReplicationController': ['spec', 'template'],
    'apps/Deployment': ['spec', 'template'],
    'apps/StatefulSet': ['spec', 'template'],
    'apps/DaemonSet': ['spec', 'template'],
    'apps/ReplicaSet': ['spec', 'template'],
    'batch/Job': ['spec', 'template'],
    'batch/CronJob': ['spec', 'jobTemplate', 'spec', 'template']
};
/** Groups whose kinds are all known: what is not above has no pods. */
const BUILT_IN = new Set([
    '',
    'apps',
    'batch',
    'autoscaling',
    'policy',
    'networking.k8s.io',
    'rbac.authorization.k8s.io',
    'storage.k8s.io',
    'scheduling.k8s.io',
    'apiextensions.k8s.io',
    'apiregistration.k8s.io',
    'admissionregistration.k8s.io'
]);
/**
 * Everything in an object that describes pods: a Pod, every kind of workload, and custom resources that embed a
 * template with containers at any depth (Argo Rollout, Knative Service, JobSet, Elasticsearch's `podTemplate`, …).
 */
function podsOf(object) {
    const group = (0,render_manifest/* groupOf */.F8)(object);
    if (!BUILT_IN.has(group)) {
        const found = [];
        collect(object, found, (0,json/* asObject */.eB)((0,json.at)(object, 'spec', 'template')));
        return found;
    }
    if (group === '' && object.kind === 'Pod')
        return describe(object, false);
    const path = TEMPLATES[`${group}/${object.kind}`];
    return path ? describe((0,json/* asObject */.eB)((0,json.at)(object, ...path)), path.join() === 'spec,template') : [];
}
function describe(template, direct) {
    const spec = (0,json/* asObject */.eB)(template?.['spec']);
    return template && spec ? [{ template, spec, direct }] : [];
}
function collect(value, found, direct) {
    if (typeof value !== 'object' || value === null)
        return;
    for (const [key, child] of Object.entries(value)) {
        if (typeof child !== 'object' || child === null)
            continue;
        const spec = isTemplate(key, child) ? (0,json/* asObject */.eB)((0,json.at)(child, 'spec')) : undefined;
        if (spec && (0,json/* isObject */.Gv)(child) && hasContainers(spec))
            found.push({ template: child, spec, direct: child === direct });
        collect(child, found, direct);
    }
}
/** `template`, `podTemplate`, `workerTemplate`, …; or a whole Pod, as objects carry it that make others. */
function isTemplate(key, value) {
    return /template(spec)?$/i.test(key) || ((0,json.at)(value, 'kind') === 'Pod' && (0,json.at)(value, 'apiVersion') === 'v1');
}
function hasContainers(spec) {
    const containers = (0,json/* asList */.DD)(spec['containers']);
    return containers !== undefined && containers.length > 0 && containers.every(isContainer);
}
function isContainer(value) {
    return (0,json/* isObject */.Gv)(value) && (typeof value['image'] === 'string' || typeof value['name'] === 'string');
}
/** The containers of a pod, init and ephemeral ones included. */
function containersOf(spec) {
    return CONTAINER_LISTS.flatMap((list) => (0,json/* asList */.DD)(spec[list]) ?? []).filter(json/* isObject */.Gv);
}
/** Image references in a pod with what holds them: `image` of containers, `reference` of image volumes. */
function imagesOf(spec) {
    const containers = containersOf(spec).map((holder) => ({ holder, key: 'image' }));
    const volumes = ((0,json/* asList */.DD)(spec['volumes']) ?? [])
        .map((volume) => (0,json/* asObject */.eB)((0,json.at)(volume, 'image')))
        .filter((holder) => holder !== undefined)
        .map((holder) => ({ holder, key: 'reference' }));
    return [...containers, ...volumes].flatMap(({ holder, key }) => {
        const image = holder[key];
        return typeof image === 'string' && image !== '' ? [{ holder, key, image }] : [];
    });
}

;// CONCATENATED MODULE: ./src/render/checksums.js




/** On pod templates: the checksum of the configuration they use. On any object of these: `disabled` to be left out. */
const CHECKSUM_ANNOTATION = 'gitops-actions.dev/config-checksum';
/**
 * Annotates pod templates, in place, with a checksum of the ConfigMaps and Secrets of the same set that they use, so that
 * changed configuration rolls the pods that read it. Only what controllers roll is annotated: Deployments, StatefulSets,
 * DaemonSets and custom resources with a pod template; never Jobs, whose template cannot change. Only content counts
 * (`data`, `binaryData`, `stringData`), pull secrets do not.
 */
function addConfigChecksums(manifests, defaultNamespace) {
    const contents = new Map();
    for (const { object } of manifests) {
        if (!isConfiguration(object) || isOptedOut(object))
            continue;
        const namespace = (0,render_manifest/* namespaceOf */.N6)(object) ?? defaultNamespace ?? '';
        contents.set(keyOf(object.kind, namespace, object.metadata.name), contentHash(object));
    }
    if (contents.size === 0)
        return;
    for (const { object } of manifests) {
        if (!isRolled(object) || isOptedOut(object))
            continue;
        const namespace = (0,render_manifest/* namespaceOf */.N6)(object) ?? defaultNamespace ?? '';
        for (const { template, spec, direct } of podsOf(object)) {
            if (!direct || isOptedOut(template))
                continue;
            const used = [...usedBy(spec)].sort().flatMap((reference) => {
                const [kind = '', name = ''] = reference.split('/');
                const hash = contents.get(keyOf(kind, namespace, name));
                return hash === undefined ? [] : [[kind, name, hash]];
            });
            if (used.length > 0)
                annotate(template, sha256((0,json/* canonicalJson */.dj)(used)));
        }
    }
}
function isConfiguration(object) {
    return (0,render_manifest/* groupOf */.F8)(object) === '' && (object.kind === 'ConfigMap' || object.kind === 'Secret');
}
/** Kinds whose controller replaces pods when the template changes. */
function isRolled(object) {
    const group = (0,render_manifest/* groupOf */.F8)(object);
    if (group === 'apps')
        return ['Deployment', 'StatefulSet', 'DaemonSet'].includes(object.kind);
    // Kinds of Kubernetes itself have no dot in their group, or end in .k8s.io; a custom Job's template is as fixed as a Job's.
    return group.includes('.') && !group.endsWith('.k8s.io') && !/job/i.test(object.kind);
}
function isOptedOut(holder) {
    return (0,json.at)(holder, 'metadata', 'annotations', CHECKSUM_ANNOTATION) === 'disabled';
}
/** `ConfigMap/name` and `Secret/name` of everything that environment and volumes of a pod refer to. */
function usedBy(spec) {
    const used = new Set();
    const add = (kind, name) => {
        if (typeof name === 'string' && name !== '')
            used.add(`${kind}/${name}`);
    };
    for (const container of containersOf(spec)) {
        for (const source of (0,json/* asList */.DD)(container['envFrom']) ?? []) {
            add('ConfigMap', (0,json.at)(source, 'configMapRef', 'name'));
            add('Secret', (0,json.at)(source, 'secretRef', 'name'));
        }
        for (const variable of (0,json/* asList */.DD)(container['env']) ?? []) {
            add('ConfigMap', (0,json.at)(variable, 'valueFrom', 'configMapKeyRef', 'name'));
            add('Secret', (0,json.at)(variable, 'valueFrom', 'secretKeyRef', 'name'));
        }
    }
    for (const volume of (0,json/* asList */.DD)(spec['volumes']) ?? []) {
        add('ConfigMap', (0,json.at)(volume, 'configMap', 'name'));
        add('Secret', (0,json.at)(volume, 'secret', 'secretName'));
        for (const source of (0,json/* asList */.DD)((0,json.at)(volume, 'projected', 'sources')) ?? []) {
            add('ConfigMap', (0,json.at)(source, 'configMap', 'name'));
            add('Secret', (0,json.at)(source, 'secret', 'name'));
        }
    }
    return used;
}
/** Over the bytes that a pod sees under each key, however they are declared. */
function contentHash(object) {
    const content = {};
    const isSecret = object.kind === 'Secret';
    for (const [key, value] of entries(object['data']))
        content[key] = isSecret ? bytesOf(value) : sha256(value);
    for (const [key, value] of entries(object['binaryData']))
        content[key] = bytesOf(value);
    for (const [key, value] of entries(object['stringData']))
        content[key] = sha256(value);
    return sha256((0,json/* canonicalJson */.dj)(content));
}
function entries(value) {
    return Object.entries((0,json/* asObject */.eB)(value) ?? {}).map(([key, text]) => [key, (0,json/* asString */.oJ)(text) ?? (0,json/* canonicalJson */.dj)(text)]);
}
function bytesOf(base64) {
    return sha256(Buffer.from(base64, 'base64'));
}
function annotate(template, checksum) {
    const metadata = (0,json/* asObject */.eB)(template['metadata']) ?? {};
    template['metadata'] = metadata;
    metadata['annotations'] = { ...(0,json/* asObject */.eB)(metadata['annotations']), [CHECKSUM_ANNOTATION]: checksum };
}
function keyOf(kind, namespace, name) {
    return `${kind}/${namespace}/${name}`;
}
function sha256(content) {
    return (0,external_node_crypto_.createHash)('sha256').update(content).digest('hex');
}

;// CONCATENATED MODULE: ./src/render/digest.js

/**
 * `sha256:…` over all objects: the same for the same objects, whatever their order, files and key order.
 * @param objects canonical JSON of each
 */
function digestOf(objects) {
    const hash = (0,external_node_crypto_.createHash)('sha256');
    for (const text of [...objects].sort())
        hash.update(text).update('\n');
    return `sha256:${hash.digest('hex')}`;
}

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./src/workspace.js
var src_workspace = __webpack_require__(85);
;// CONCATENATED MODULE: ./src/render/files.js




const MANIFEST = /\.(?:ya?ml|json)$/i;
/** What kustomize takes for the file of a kustomization. */
const KUSTOMIZATIONS = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];
/**
 * What a list of paths names: files, directories (recursively; `.yaml`, `.yml`, `.json`; hidden ones left out), globs,
 * and directories with a kustomization. Each file once, in the order of the paths, sorted below each.
 * @throws GitOpsError when a path does not exist, leaves the workspace, or nothing is found at all
 */
async function findManifests(workspace, paths) {
    const root = (0,src_workspace/* workspacePath */.X)(workspace, '.');
    const found = new Map();
    const looked = [];
    for (const given of paths) {
        const { matches, words } = await expand(root, given);
        looked.push(words);
        for (const match of matches)
            for (const file of await filesBelow(root, match, given))
                found.set(file.path, file);
    }
    if (found.size === 0)
        throw new errors/* GitOpsError */.$(`There are no manifests in ${looked.join(', ') || 'an empty list of paths'}.`, {
            hint: 'Manifests are files that end in .yaml, .yml or .json, or a directory with a kustomization.yaml; hidden files do not count.'
        });
    return [...found.values()];
}
/** A path as it is, if it exists; else what it matches as a glob. */
async function expand(root, given) {
    const asItIs = (0,src_workspace/* workspacePath */.X)(root, given);
    if (await statOf(asItIs))
        return { matches: [asItIs], words: `"${given}"` };
    const fixed = (0,src_workspace/* fixedPart */.s)(given);
    if (fixed === given)
        throw await notThere(root, given);
    (0,src_workspace/* workspacePath */.X)(root, fixed);
    const matches = [];
    for await (const match of (0,promises_.glob)(given, { cwd: root }))
        matches.push((0,src_workspace/* workspacePath */.X)(root, match));
    matches.sort();
    // A glob that names everything means the manifests among it.
    const wanted = await Promise.all(matches.map(async (one) => MANIFEST.test(one) || (await isDirectory(one))));
    return {
        matches: withoutNested(matches.filter((_, index) => wanted[index])),
        words: `"${given}" (${matches.length === 0 ? 'matches nothing' : `matches ${matches.length} files or directories`})`
    };
}
/** `**` also matches the directories between, which would be read as a whole. */
function withoutNested(matches) {
    const files = new Set(matches.filter((one) => MANIFEST.test(one)));
    return matches.filter((one) => files.has(one) || !matches.some((other) => other.startsWith(one + external_node_path_.sep)));
}
async function notThere(root, given) {
    const parent = external_node_path_.dirname(given);
    const siblings = await (0,promises_.readdir)(external_node_path_.resolve(root, parent)).catch(() => []);
    const near = siblings.filter((name) => !name.startsWith('.')).sort();
    return new errors/* GitOpsError */.$(`Manifests: "${given}" does not exist.`, {
        hint: near.length > 0
            ? `${parent === '.' ? 'The workspace' : `"${parent}"`} holds: ${near.slice(0, 10).join(', ')}${near.length > 10 ? ', …' : ''}. Paths are relative to the workspace.`
            : 'Paths are relative to the workspace; is the repository checked out (actions/checkout)?'
    });
}
async function filesBelow(root, start, given) {
    if (!(await isDirectory(start))) {
        if (KUSTOMIZATIONS.includes(external_node_path_.basename(start)))
            return [kustomization(root, external_node_path_.dirname(start), external_node_path_.basename(start))];
        return [{ type: 'file', path: start, name: nameOf(root, start) }];
    }
    const names = await (0,promises_.readdir)(start).catch((error) => {
        throw unreadable(nameOf(root, start), error);
    });
    const own = KUSTOMIZATIONS.find((name) => names.includes(name));
    if (own !== undefined)
        return [kustomization(root, start, own)];
    return walk(root, start, given, new Set());
}
async function walk(root, directory, given, visited) {
    // A link may lead back to a directory above.
    if (visited.has(directory))
        return [];
    visited.add(directory);
    const all = await (0,promises_.readdir)(directory, { withFileTypes: true }).catch((error) => {
        throw unreadable(nameOf(root, directory), error);
    });
    const entries = all.filter(({ name }) => !name.startsWith('.'));
    entries.sort((a, b) => (a.name < b.name ? -1 : 1));
    const names = entries.map(({ name }) => name);
    refuseOtherKinds(root, directory, names, given);
    const files = [];
    for (const entry of entries) {
        const place = external_node_path_.join(directory, entry.name);
        // Only a link can lead elsewhere: the directory itself is known to be inside.
        const real = entry.isSymbolicLink() ? (0,src_workspace/* workspacePath */.X)(root, place) : place;
        if (entry.isDirectory() || (entry.isSymbolicLink() && (await isDirectory(real))))
            files.push(...(await walk(root, real, given, visited)));
        // A pipe or a socket would be waited for without end.
        else if (MANIFEST.test(entry.name) && (entry.isFile() || entry.isSymbolicLink()))
            files.push({ type: 'file', path: real, name: nameOf(root, place) });
    }
    return files;
}
/** A chart or a kustomization inside a directory of manifests is not meant to be applied file by file. */
function refuseOtherKinds(root, directory, names, given) {
    const name = nameOf(root, directory);
    if (names.includes('Chart.yaml'))
        throw new errors/* GitOpsError */.$(`"${name}" is a Helm chart, not a directory of manifests.`, {
            hint: 'Render it with Helm (chart:), or name the manifests without it, one by one or by a glob.'
        });
    if (KUSTOMIZATIONS.some((one) => names.includes(one)))
        throw new errors/* GitOpsError */.$(`"${name}" is a kustomization inside the directory of manifests "${given}".`, {
            hint: `Give "${name}" as a path of its own (an overlay, not its base), and the other manifests beside it.`
        });
}
function kustomization(root, directory, file) {
    return { type: 'kustomization', path: directory, name: nameOf(root, external_node_path_.join(directory, file)) };
}
/** A file or folder that is there and cannot be read. */
function unreadable(name, error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    return new errors/* GitOpsError */.$(`Manifests: "${name}" cannot be read: ${(0,errors/* messageOf */.b)(error)}.`, {
        hint: code === 'EACCES'
            ? 'Its permissions keep the user of this runner out: see ls -l. A step that ran as root in a container may have made it.'
            : 'See that it is a plain file or folder of the checkout.',
        cause: error
    });
}
/** Relative to the workspace, with forward slashes. */
function nameOf(root, absolute) {
    return external_node_path_.relative(root, absolute).split(external_node_path_.sep).join('/') || '.';
}
async function statOf(file) {
    return (0,promises_.stat)(file).catch(() => undefined);
}
async function isDirectory(file) {
    return (await statOf(file))?.isDirectory() ?? false;
}

;// CONCATENATED MODULE: ./src/render/placed.js

/** An error about a place in the workspace: the place begins the message, and GitHub shows it on that line. */
function errorAt(place, problem, options = {}) {
    const { hint, ...rest } = options;
    const message = `${placed_nameOf(place)}: ${problem}`;
    return new errors/* GitOpsError */.$(message, {
        ...rest,
        ...(hint === undefined ? {} : { hint }),
        annotations: [{ place: onDisk(place), message: [message, ...(options.details ?? [])].join('\n') }]
    });
}
/** `file:line:column`, as far as known. */
function placed_nameOf({ file, line, column }) {
    return [file, line, column].filter((part) => part !== undefined).join(':');
}
/** Marks the lines of what a template renders or a kustomization builds, which are no lines of a file. */
const RENDERED = ' (rendered)';
const BUILT = ' (built)';
function onDisk(place) {
    const marked = [RENDERED, BUILT].find((mark) => place.file.endsWith(mark));
    return marked === undefined ? place : { file: place.file.slice(0, -marked.length) };
}

;// CONCATENATED MODULE: ./src/render/limits.js



/** What the API server's validation of metadata (apimachinery `validation.ValidateObjectMeta`) takes of any object. */
const MAX_NAME = 253;
const MAX_NAMESPACE = 63;
const MAX_LABEL = 63;
const MAX_ANNOTATIONS = 256 * 1024;
const NAMESPACE = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const QUALIFIED = /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;
const PREFIX = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
/**
 * Refuses names, labels and annotations that no cluster takes, whatever the kind.
 * @throws GitOpsError with file:line
 */
function checkMetadata(object, place) {
    const { name } = object.metadata;
    const what = object.kind;
    // Only RBAC takes any length: its names are no DNS names.
    if (name.length > MAX_NAME && (0,render_manifest/* groupOf */.F8)(object) !== 'rbac.authorization.k8s.io')
        throw errorAt(place, `the name of ${what} "${name.slice(0, 40)}…" has ${name.length} characters.`, {
            hint: `A name has at most ${MAX_NAME}; many kinds take less.`
        });
    if (name === '.' || name === '..' || /[/%]/.test(name))
        throw errorAt(place, `the name of ${what} "${name}" cannot be part of a URL.`, {
            hint: 'A name must not be "." or "..", and has no "/" and no "%".'
        });
    const { namespace } = object.metadata;
    if (typeof namespace === 'string' &&
        namespace !== '' &&
        !(namespace.length <= MAX_NAMESPACE && NAMESPACE.test(namespace)))
        throw errorAt(place, `the namespace "${namespace}" of ${what} ${name} is no name of a namespace.`, {
            hint: `It has at most ${MAX_NAMESPACE} lower-case letters, digits and hyphens, and begins and ends with a letter or a digit.`
        });
    for (const [key, value] of Object.entries((0,json/* asObject */.eB)(object.metadata['labels']) ?? {})) {
        checkKey(key, 'label', object, place);
        const text = String(value ?? '');
        if (text !== '' && (text.length > MAX_LABEL || !QUALIFIED.test(text)))
            throw errorAt(place, `the label ${key} of ${what} ${name} is "${shortened(text)}", which no label may be.`, {
                hint: `A label has at most ${MAX_LABEL} letters, digits, "-", "_" and ".", and begins and ends with a letter or a digit. Longer texts are annotations.`
            });
    }
    let size = 0;
    for (const [key, value] of Object.entries((0,json/* asObject */.eB)(object.metadata['annotations']) ?? {})) {
        checkKey(key, 'annotation', object, place);
        size += Buffer.byteLength(key) + Buffer.byteLength(String(value ?? ''));
    }
    if (size > MAX_ANNOTATIONS)
        throw errorAt(place, `the annotations of ${what} ${name} have ${Math.ceil(size / 1024)} KiB; 256 KiB are taken at most.`, {
            hint: 'Keep large content in a ConfigMap, or outside the cluster.'
        });
}
function checkKey(key, sort, object, place) {
    const slash = key.indexOf('/');
    const prefix = slash < 0 ? undefined : key.slice(0, slash);
    const local = key.slice(slash + 1);
    // The prefix of an annotation may be in capitals; the API server lowers it before it looks.
    const domain = sort === 'annotation' ? prefix?.toLowerCase() : prefix;
    const good = local.length <= MAX_LABEL &&
        QUALIFIED.test(local) &&
        (domain === undefined || (domain.length <= 253 && PREFIX.test(domain)));
    if (good)
        return;
    throw errorAt(place, `"${shortened(key)}" of ${object.kind} ${object.metadata.name} is no key of ${sort === 'label' ? 'a label' : 'an annotation'}.`, {
        hint: `A key is a name of at most ${MAX_LABEL} letters, digits, "-", "_" and ".", and may have a domain before it: example.com/name.`
    });
}
function shortened(text) {
    return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

;// CONCATENATED MODULE: ./src/render/objects.js






/**
 * The objects of a file's documents, Lists unfolded, each checked for what every object needs.
 * @param file relative to the workspace
 * @throws GitOpsError with file:line that says what is missing or wrong
 */
function toManifests(documents, file) {
    return documents.flatMap((document) => {
        if (!(0,json/* isObject */.Gv)(document.value))
            throw errorAt({ file, line: document.line }, `this document is ${kindOf(document.value)}, not an object of Kubernetes.`, {
                hint: 'Every document of a manifest is a mapping with apiVersion, kind and metadata.'
            });
        return unfold(document.value, document, file).map(({ object, line }) => ({
            object: checked(object, { file, line }),
            source: { file, line }
        }));
    });
}
function unfold(object, document, file) {
    const kind = (0,json/* asString */.oJ)(object['kind']) ?? '';
    const items = itemsOf(object, kind);
    if (items === undefined)
        return [{ object, line: document.lineOf(object) }];
    if (!Array.isArray(items))
        throw errorAt({ file, line: document.lineOf(object) }, `the items of this ${kind} are ${kindOf(items)}, not a list.`, { hint: 'Every item stands behind a hyphen: "- apiVersion: …".' });
    return items.flatMap((item) => {
        if (!(0,json/* isObject */.Gv)(item))
            throw errorAt({ file, line: document.lineOf(object) }, `an item of this ${kind} is ${kindOf(item)}, not an object.`, {
                hint: 'Every item is a mapping with apiVersion, kind and metadata.'
            });
        // An item of a typed list may leave out what the list says (apimachinery: UnstructuredList).
        const typed = kind !== 'List' && !('apiVersion' in item) && !('kind' in item);
        const inferred = typed
            ? { apiVersion: object['apiVersion'] ?? '', kind: kind.slice(0, -'List'.length) }
            : {};
        return unfold({ ...inferred, ...item }, document, file).map((one) => ({ ...one, line: document.lineOf(item) }));
    });
}
/** The items of a list; undefined for what is none: a custom resource may be called SomethingList and have no items. */
function itemsOf(object, kind) {
    const { items } = object;
    if (kind === 'List' && object['apiVersion'] === 'v1')
        return items ?? [];
    // Go writes an empty list as null.
    if (kind.endsWith('List') && 'items' in object && (0,json/* asObject */.eB)(object['metadata'])?.['name'] === undefined)
        return items ?? [];
    return kind.endsWith('List') ? (0,json/* asList */.DD)(items) : undefined;
}
function checked(given, place) {
    const object = withHookName(given);
    const metadata = (0,json/* asObject */.eB)(object['metadata']);
    const missing = ['apiVersion', 'kind'].filter((key) => object[key] === undefined || object[key] === '');
    if (missing.length === 2)
        throw notKubernetes(object, place);
    if (metadata !== undefined && metadata['name'] === undefined && metadata['generateName'] !== undefined)
        throw errorAt(place, `${objects_nameOf(object)} has metadata.generateName and no name.`, {
            hint: 'Give it a fixed metadata.name: an object whose name the server makes up cannot be found, compared or pruned by a later run.'
        });
    if (metadata?.['name'] === undefined || metadata['name'] === null || metadata['name'] === '')
        missing.push('metadata.name');
    if (missing.length > 0)
        throw errorAt(place, `${objects_nameOf(object)} has no ${missing.join(' and no ')}.`, {
            hint: 'Every object needs apiVersion, kind and metadata.name.'
        });
    for (const [path, value] of stringFields(object, metadata ?? {}))
        if (typeof value !== 'string')
            throw notText(path, value, object, place);
    if (object['kind'] === 'Kustomization' && String(object['apiVersion']).startsWith('kustomize.config.k8s.io/'))
        throw errorAt(place, `this is a kustomization, which is built, not applied.`, {
            hint: `Give the folder of the kustomization as a path of its own, and call the file kustomization.yaml.`
        });
    const typed = {
        ...object,
        apiVersion: String(object['apiVersion']),
        kind: String(object['kind']),
        metadata: { ...metadata, name: String(metadata?.['name']) }
    };
    checkMetadata(typed, place);
    checkDataSize(typed, place);
    return typed;
}
/**
 * Hooks are made anew for every run and never compared, so Argo's may leave their name to the server. They get one that
 * follows from what they are: the next run finds what this one left.
 */
function withHookName(object) {
    const metadata = (0,json/* asObject */.eB)(object['metadata']) ?? {};
    const { generateName, ...rest } = metadata;
    const annotations = (0,json/* asObject */.eB)(metadata['annotations']) ?? {};
    const isHook = HOOKS.some((name) => (0,json/* asString */.oJ)(annotations[name]) !== undefined);
    if (!isHook || metadata['name'] !== undefined || typeof generateName !== 'string' || generateName === '')
        return object;
    const hash = (0,external_node_crypto_.createHash)('sha256').update((0,json/* canonicalJson */.dj)(object)).digest('hex').slice(0, 8);
    // As the API server cuts it, so that the names of a Job's pods stay labels.
    return { ...object, metadata: { ...rest, name: `${generateName.slice(0, MAX_BASE)}${hash}` } };
}
const HOOKS = ['argocd.argoproj.io/hook', 'helm.sh/hook'];
const MAX_BASE = 55;
/** Fields that the API server takes as text only; YAML makes `1.10`, `yes` and `0644` something else. */
function stringFields(object, metadata) {
    const single = [
        ['apiVersion', object['apiVersion']],
        ['kind', object['kind']],
        ['metadata.name', metadata['name']],
        ['metadata.namespace', metadata['namespace'] ?? undefined]
    ];
    const maps = [
        ['metadata.labels', metadata['labels']],
        ['metadata.annotations', metadata['annotations']]
    ];
    if (object['kind'] === 'ConfigMap' || object['kind'] === 'Secret')
        for (const key of ['data', 'binaryData', 'stringData'])
            maps.push([key, object[key]]);
    return [
        ...single.filter((entry) => entry[1] !== undefined),
        ...maps.flatMap(([path, map]) => Object.entries((0,json/* asObject */.eB)(map) ?? {})
            // The API server reads null as the empty text.
            .filter(([, value]) => value !== null)
            .map(([key, value]) => [`${path}["${key}"]`, value]))
    ];
}
function notText(path, value, object, place) {
    return errorAt(place, `${path} of ${objects_nameOf(object)} is ${kindOf(value)}, and must be text.`, {
        hint: typeof value === 'object' ? 'Give it a text.' : 'Put the value in quotes.'
    });
}
function notKubernetes(object, place) {
    const base = place.file.split('/').at(-1) ?? '';
    const what = /^values([.-].*)?\.ya?ml$/.test(base)
        ? 'It looks like a values file of Helm.'
        : base === 'Chart.yaml'
            ? 'It is the description of a Helm chart.'
            : `It begins with ${Object.keys(object)
                .slice(0, 3)
                .map((key) => `"${key}"`)
                .join(', ') || 'nothing'}.`;
    return errorAt(place, `this is no object of Kubernetes: it has neither apiVersion nor kind. ${what}`, {
        hint: 'Move the file out of the directory of manifests, or name the manifests one by one or by a glob.'
    });
}
// ValidateConfigMap and ValidateSecret of the API server: 1 MiB of values.
const MAX_DATA = 1024 * 1024;
function checkDataSize(object, place) {
    if ((0,render_manifest/* groupOf */.F8)(object) !== '' || (object.kind !== 'ConfigMap' && object.kind !== 'Secret'))
        return;
    const size = dataSize(object);
    if (size > MAX_DATA)
        throw errorAt(place, `${objects_nameOf(object)} holds ${mebibytes(size)} MiB; the API server takes 1 MiB at most.`, {
            hint: 'Split it, or put large files into an image or a volume.'
        });
}
/** etcd refuses larger requests (--max-request-bytes). */
const MAX_OBJECT = 1.5 * 1024 * 1024;
/**
 * Refuses an object that no cluster could store.
 * @param json the object as JSON
 */
function checkSize({ object, source }, json) {
    if (json.length * 3 <= MAX_OBJECT)
        return;
    const size = Buffer.byteLength(json);
    if (size > MAX_OBJECT)
        throw errorAt(source, `${objects_nameOf(object)} has ${mebibytes(size)} MiB; a cluster stores 1.5 MiB at most.`, {
            hint: 'Make it smaller; of a CustomResourceDefinition, descriptions can be left out.'
        });
}
function dataSize(object) {
    let size = 0;
    for (const key of ['data', 'binaryData', 'stringData'])
        for (const value of Object.values((0,json/* asObject */.eB)(object[key]) ?? {})) {
            const encoded = key === 'binaryData' || (key === 'data' && object.kind === 'Secret');
            if (typeof value === 'string')
                size += encoded ? Buffer.byteLength(value, 'base64') : Buffer.byteLength(value);
        }
    return size;
}
function mebibytes(bytes) {
    return (bytes / 1024 / 1024).toFixed(1);
}
/**
 * Refuses a set that declares an object twice, since only one of them could win. The same object as two hooks of Helm
 * is not meant: they live one after the other.
 * @throws GitOpsError that names both places
 */
function refuseDuplicates(manifests, defaultNamespace) {
    const first = new Map();
    for (const manifest of manifests) {
        const { object } = manifest;
        const id = (0,render_manifest/* objectId */.Tu)((0,render_manifest/* namespaceOf */.N6)(object) === undefined && defaultNamespace !== undefined
            ? { ...object, metadata: { ...object.metadata, namespace: defaultNamespace } }
            : object);
        const other = first.get(id);
        if (other && !(isHook(other) && isHook(manifest))) {
            const message = `${objects_nameOf(object)} is declared twice: ${placed_nameOf(other.source)} and ${placed_nameOf(manifest.source)}.`;
            const annotations = [other, manifest].map(({ source }) => ({ place: source, message }));
            throw new errors/* GitOpsError */.$(message, { hint: 'Keep one of them.', annotations });
        }
        first.set(id, manifest);
    }
}
function isHook(manifest) {
    return (0,json/* asObject */.eB)(manifest.object.metadata['annotations'])?.['helm.sh/hook'] !== undefined;
}
function objects_nameOf(object) {
    const metadata = (0,json/* asObject */.eB)(object['metadata']);
    const kind = (0,json/* asString */.oJ)(object['kind']) || 'the object';
    const name = metadata?.['name'];
    if ((typeof name !== 'string' && typeof name !== 'number') || name === '')
        return kind;
    const namespace = (0,json/* asString */.oJ)(metadata?.['namespace']);
    return `${kind} ${namespace ? `${namespace}/` : ''}${name}`;
}
function kindOf(value) {
    if (value === null)
        return 'empty';
    if (Array.isArray(value))
        return 'a list';
    switch (typeof value) {
        case 'object':
            return 'a mapping';
        case 'string':
            return 'a text';
        case 'boolean':
            return `the boolean ${value}`;
        default:
            return 'a number';
    }
}

;// CONCATENATED MODULE: ./src/render/yaml/documents.js
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

;// CONCATENATED MODULE: ./src/render/yaml/explain.js

/** A document's error as a person reads it: file:line:column, what is wrong, and what is usually behind it. */
function explain(error, excerpt) {
    const { line, column } = placeOf(error.offset, excerpt);
    const context = error.context ? placeOf(error.context.offset, excerpt) : undefined;
    const where = context && error.context && context.line !== line ? ` (${error.context.words}, line ${context.line})` : '';
    return errorAt({ file: excerpt.file, line, column }, `${error.message}${where}.`, {
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
        throw errorAt({ file }, `the file is not valid ${name}.`, {
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
    const { chunks, badSeparator } = splitDocuments(source);
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
        throw errorAt({ file, line: badSeparator, column: 4 }, 'only a comment may follow the document separator "---".', {
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

;// CONCATENATED MODULE: ./src/image/reference.js

const PATH = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/;
const HOST = /^(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*|\[[0-9a-fA-F:]+\])(?::\d+)?$/;
const TAG = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/;
const DIGEST = /^sha256:[0-9a-f]{64}$/;
/**
 * Reads the name of a repository by the rules of the distribution specification; a first part that is no host name
 * means Docker Hub.
 * @throws GitOpsError that says which part is not allowed
 */
function parseRepository(name) {
    const slash = name.indexOf('/');
    const first = slash < 0 ? '' : name.slice(0, slash);
    const hasHost = /[.:[]/.test(first) || first === 'localhost';
    const host = hasHost ? first : 'docker.io';
    const path = hasHost ? name.slice(slash + 1) : name;
    const invalid = (why, hint) => new errors/* GitOpsError */.$(`Repository "${name}" is not valid: ${why}.`, { hint });
    if (/^\w+:\/\//.test(name))
        throw invalid('it starts with a scheme', `Write it without: ${name.replace(/^\w+:\/\//, '')}`);
    if (/[A-Z]/.test(path))
        throw invalid('registries allow no capital letters', `Use "${hasHost ? `${first}/` : ''}${path.toLowerCase()}".`);
    if (/[:@]/.test(path))
        throw invalid('it carries a tag or a digest', 'Give the name alone; tags have an input of their own.');
    if (!HOST.test(host))
        throw invalid(`"${host}" is no host name`, 'Use the form registry.example/owner/name.');
    if (!PATH.test(path) || path.length > 255)
        throw invalid(`"${path}" is no name of a repository`, 'Use lower-case letters, digits and single . _ - between them, parts separated by /.');
    if (host === 'docker.io' || host === 'index.docker.io' || host === 'registry-1.docker.io')
        return { name, registry: 'docker.io', path: path.includes('/') ? path : `library/${path}` };
    return { name, registry: host.toLowerCase(), path };
}
/** `repository[:tag][@sha256:…]`. */
function parseReference(text) {
    const [beforeDigest = '', digest] = text.split('@', 2);
    if (digest !== undefined && !DIGEST.test(digest))
        throw new errors/* GitOpsError */.$(`Image "${text}" has a malformed digest.`, {
            hint: 'A digest is sha256: and 64 hexadecimal digits.'
        });
    const colon = beforeDigest.lastIndexOf(':');
    const hasTag = colon > beforeDigest.lastIndexOf('/');
    const repository = parseRepository(hasTag ? beforeDigest.slice(0, colon) : beforeDigest);
    return { repository, tag: hasTag ? checkTag(beforeDigest.slice(colon + 1)) : undefined, digest };
}
/** @throws GitOpsError for what cannot be a tag */
function checkTag(tag) {
    if (TAG.test(tag))
        return tag;
    throw new errors/* GitOpsError */.$(`Tag "${tag}" is not valid.`, {
        hint: /[:/@]/.test(tag)
            ? 'Give the tag alone, without the repository.'
            : 'Use up to 128 letters, digits and . _ -, not starting with . or -.'
    });
}
/** True for `sha256:` and 64 lower-case hexadecimal digits. */
function isDigest(text) {
    return DIGEST.test(text);
}
/** Where the registry's API answers: plain HTTP on loopback, as BuildKit and Docker do, HTTPS everywhere else. */
function apiOf(registry) {
    if (registry === 'docker.io')
        return new URL('https://registry-1.docker.io');
    return new URL(`${isLoopback(registry) ? 'http' : 'https'}://${registry}`);
}
/** `localhost`, 127.0.0.0/8 and [::1], with or without a port. */
function isLoopback(host) {
    const name = host.replace(/:\d+$/, '');
    return name === 'localhost' || name === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(name);
}

;// CONCATENATED MODULE: ./src/render/helm/chart.js







/**
 * Finds the chart that an input names and checks what can be checked without Helm.
 * @throws GitOpsError when there is no chart, or it draws on files outside of the workspace
 */
async function findChart(given, workspace) {
    if (/^(?:oci|https?):\/\//.test(given))
        return remoteChart(given);
    const absolute = (0,src_workspace/* workspacePath */.X)(workspace, given);
    const label = external_node_path_.relative((0,src_workspace/* workspacePath */.X)(workspace, '.'), absolute).split(external_node_path_.sep).join('/') || '.';
    const found = await (0,promises_.stat)(absolute).catch(() => undefined);
    if (!found)
        throw new errors/* GitOpsError */.$(`Chart "${given}" does not exist in the workspace.`, {
            hint: /^[\w.-]+\/[\w.-]+$/.test(given)
                ? 'A chart is a directory or a .tgz in the workspace, or oci://registry/name. Names of "helm repo add" are not known here; use the https:// address of the .tgz.'
                : 'Give a directory or a .tgz in the workspace (relative to its top), or oci://registry/name.'
        });
    if (!found.isDirectory()) {
        if (!/\.t(?:ar\.)?gz$/.test(given))
            throw new errors/* GitOpsError */.$(`Chart "${given}" is a file, and no packed chart (.tgz).`, {
                hint: 'Give the directory that holds Chart.yaml. Plain manifests need no chart: give them as manifests.'
            });
        return { type: 'archive', path: absolute, label };
    }
    const description = await chart_describe(absolute, label);
    await checkLinks(absolute, workspace);
    return { type: 'directory', path: absolute, label, description };
}
function remoteChart(given) {
    const url = URL.parse(given);
    if (!url || url.hostname === '')
        throw new errors/* GitOpsError */.$(`Chart "${given}" is no address of a chart.`, { hint: 'Write oci://registry/path/name.' });
    if (url.username !== '' || url.password !== '')
        throw new errors/* GitOpsError */.$('The address of the chart holds credentials, which would stand in logs.', {
            hint: 'Log in before, with docker/login-action or helm registry login, and leave them out.'
        });
    const plainHttp = isLoopback(url.host);
    if (url.protocol === 'http:' && !plainHttp)
        throw new errors/* GitOpsError */.$(`Chart "${given}" would be fetched without encryption.`, { hint: 'Use https:// or oci://.' });
    return { type: 'remote', reference: given, label: given, plainHttp, pinned: /@sha256:[0-9a-f]{64}$/.test(given) };
}
/** @throws GitOpsError when Chart.yaml is missing, says no name or version, or is a library's where none is allowed */
async function chart_describe(directory, label, options = {}) {
    const file = label === '.' ? 'Chart.yaml' : `${label}/Chart.yaml`;
    const bytes = await (0,promises_.readFile)(external_node_path_.join(directory, 'Chart.yaml')).catch(() => undefined);
    if (bytes === undefined)
        throw new errors/* GitOpsError */.$(`"${label}" is no chart: it holds no Chart.yaml.`, {
            hint: 'Give the directory that holds Chart.yaml. Plain manifests need no chart: give them as manifests.'
        });
    const value = readYaml(decodeText(bytes, file), file)[0]?.value;
    const name = (0,json/* asString */.oJ)((0,json.at)(value, 'name'));
    const version = (0,json.at)(value, 'version');
    if (name === undefined || name === '' || version === undefined || version === null)
        throw new errors/* GitOpsError */.$(`${file} says no ${name ? 'version' : 'name'}.`, {
            hint: 'A chart needs apiVersion, name and version.'
        });
    if ((0,json/* asString */.oJ)((0,json.at)(value, 'type')) === 'library' && !options.library)
        throw new errors/* GitOpsError */.$(`"${label}" is a library chart: it renders nothing by itself.`, {
            hint: 'Give the chart that depends on it.'
        });
    return { name, version: String(version), dependencies: dependenciesOf(value) };
}
/** The dependencies in the content of a Chart.yaml or Chart.lock. */
function dependenciesOf(content) {
    return ((0,json/* asList */.DD)((0,json.at)(content, 'dependencies')) ?? []).flatMap((entry) => {
        const dependency = (0,json/* asObject */.eB)(entry);
        const name = (0,json/* asString */.oJ)(dependency?.['name']);
        if (name === undefined)
            return [];
        return [
            { name, version: String(dependency?.['version'] ?? ''), repository: (0,json/* asString */.oJ)(dependency?.['repository']) ?? '' }
        ];
    });
}
/** Helm follows links: each must stay in the workspace. */
async function checkLinks(directory, workspace, visited = new Set()) {
    const real = await (0,promises_.realpath)(directory);
    if (visited.has(real))
        return;
    visited.add(real);
    for (const name of await (0,promises_.readdir)(directory)) {
        const file = external_node_path_.join(directory, name);
        const found = await (0,promises_.lstat)(file);
        if (!found.isDirectory() && !found.isSymbolicLink())
            continue;
        const target = (0,src_workspace/* workspacePath */.X)(workspace, file);
        if ((await (0,promises_.stat)(target)).isDirectory() && !NO_PART.has(name))
            await checkLinks(target, workspace, visited);
    }
}
/** Directories that are no part of a chart even where it is the whole repository. */
const NO_PART = new Set(['.git', 'node_modules']);

;// CONCATENATED MODULE: ./src/render/helm/explain.js


const PLACE = /([\w./@:-]+\.(?:ya?ml|tpl|txt|json)):(\d+)(?::(\d+))?/g;
/**
 * What Helm says on stderr as an error of ours: the innermost template and line first, then the reason; all that Helm
 * said goes into the details.
 * @param label the chart as messages call it; Helm's own paths begin with the name of the chart
 */
function explainHelm(stderr, label) {
    const text = tidy(stderr);
    const details = text.includes('\n') ? text.split('\n') : [];
    const yaml = /^YAML parse error on ([^:]+): .*?(?:yaml: (?:line (\d+): )?|json: )(.*)$/m.exec(text);
    if (yaml)
        return errorAt({ file: inChart(yaml[1] ?? '', label) }, `it renders text that is no YAML${yaml[2] ? `, on line ${yaml[2]} of what it renders` : ''}: ${yaml[3]}.`, { hint: `See what it renders: helm template --debug ${label}` });
    const schema = /^values don't meet the specifications of the schema\(s\)[^\n]*\n([\s\S]*)$/.exec(text);
    if (schema)
        return new errors/* GitOpsError */.$(`The values do not fit the schema of ${label}.`, {
            details: (schema[1] ?? '').split('\n').filter((line) => line.trim() !== ''),
            hint: 'Mend the values; values.schema.json of the chart says what is allowed.'
        });
    const places = [...text.matchAll(PLACE)];
    const innermost = places.at(-1);
    if (innermost) {
        const [, file = '', line, column] = innermost;
        const place = {
            file: inChart(file, label),
            line: Number(line),
            // Go counts columns from 0, editors from 1.
            ...(column === undefined ? {} : { column: Number(column) + 1 })
        };
        return errorAt(place, reasonOf(text), { details, hint: explain_hintFor(text) });
    }
    return new errors/* GitOpsError */.$(`${label}: ${text === '' ? 'Helm failed without a reason.' : (text.split('\n')[0] ?? '')}`, {
        details: details.slice(1),
        hint: explain_hintFor(text)
    });
}
function tidy(stderr) {
    return stderr
        .split('\n')
        .filter((line) => !/^(?:level=|WARNING:|time=|coalesce\.go|walk\.go|Use --debug flag)/.test(line.trim()))
        .join('\n')
        .trim()
        .replace(/^Error: /, '');
}
/** Helm 3 puts everything on one line, Helm 4 the reason on the last ones; `fail` and `required` write their own. */
function reasonOf(text) {
    const own = /^(?:execution|parse) error at \([^)]*\): ([\s\S]*)$/.exec(text);
    if (own)
        return (own[1] ?? '').trim();
    const after = text.slice(text.lastIndexOf(' at <') + 1);
    const reason = /^at <([^\n]*?)>:\s*([\s\S]*)$/.exec(after);
    if (!reason)
        return text.split('\n').at(-1)?.trim() ?? text;
    return `${oneLine(reason[2] ?? '')} (at ${reason[1]})`;
}
function oneLine(text) {
    return text.replace(/\s*\n\s*/g, ' ').trim();
}
/** `web/templates/x.yaml` of Helm, as the path in the workspace. */
function inChart(file, label) {
    const inside = file.slice(file.indexOf('/') + 1);
    return label === '.' ? inside : `${label}/${inside}`;
}
function explain_hintFor(text) {
    if (text.includes('nil pointer evaluating'))
        return 'A value that the template reads is not set: set it in the values, or give it a default in the template.';
    if (text.includes('missing in charts/ directory'))
        return 'Run "helm dependency update" and commit Chart.lock.';
    if (/connection refused|no such host|i\/o timeout|TLS handshake/i.test(text))
        return 'The registry cannot be reached from this runner. A chart in the workspace needs no network.';
    if (/\bunauthorized\b|\bdenied\b|(?:status(?: code)?|response)[: ]+40[13]\b/i.test(text))
        return 'Log in to the registry before: docker/login-action, or helm registry login.';
    if (/not found/i.test(text))
        return 'Check the name and the version of the chart.';
    return undefined;
}

;// CONCATENATED MODULE: ./src/render/helm/dependencies.js







/**
 * The directory to render a chart from: the chart itself where `charts/` holds what Chart.lock (or Chart.yaml) asks
 * for, which needs no network; else a copy in a temporary folder whose dependencies Helm has fetched. Nothing is
 * written into the workspace.
 * @throws GitOpsError when Chart.lock is out of date or a dependency cannot be had
 */
async function withDependencies(chart, workspace, helm, log) {
    const missing = await missingDependencies(chart);
    if (missing.length === 0)
        return chart.path;
    log.info(`${chart.label}/charts lacks ${missing.map((one) => `${one.name} ${one.version}`).join(', ')}: fetching into a copy.`);
    return buildCopy(chart, { root: (0,src_workspace/* workspacePath */.X)(workspace, '.'), copies: external_node_path_.join(helm.directory, 'charts') }, helm, log);
}
/** What `charts/` lacks. Unpacked dependencies count whatever their version: somebody put them there on purpose. */
async function missingDependencies(chart) {
    const { dependencies } = chart.description;
    if (dependencies.length === 0)
        return [];
    const locked = new Map((await lockOf(chart))?.map((one) => [one.name, one.version]));
    const present = await (0,promises_.readdir)(external_node_path_.join(chart.path, 'charts')).catch(() => []);
    return dependencies.filter(({ name, version, repository }) => {
        // Without a repository it is a chart that lives in charts/; Helm says so when it does not.
        if (present.includes(name) || repository === '')
            return false;
        const wanted = locked.get(name);
        if (wanted !== undefined)
            return !present.includes(`${name}-${wanted}.tgz`);
        return !present.some((file) => file === `${name}-${version}.tgz` || isPackageOf(name, file));
    });
}
/** Without a lock, any version is what its author put there. */
function isPackageOf(name, file) {
    return file.startsWith(`${name}-`) && /^\d.*\.tgz$/.test(file.slice(name.length + 1));
}
async function lockOf(chart) {
    const bytes = await (0,promises_.readFile)(external_node_path_.join(chart.path, 'Chart.lock')).catch(() => undefined);
    if (bytes === undefined)
        return undefined;
    const file = `${chart.label}/Chart.lock`;
    return dependenciesOf(readYaml(decodeText(bytes, file), file)[0]?.value);
}
/** A chart beside it has one version: the one that is committed. */
function isFetched({ repository }) {
    return repository !== '' && !repository.startsWith('file://');
}
async function buildCopy(chart, places, helm, log) {
    const copy = await copyChart(chart.path, places);
    if (!(await lockOf(chart)) && chart.description.dependencies.some(isFetched))
        log.warning(`${chart.label} has no Chart.lock, so versions of its dependencies are not fixed. Commit one ("helm dependency update").`);
    await addNeighbours(chart, places, helm, log);
    const repositories = chart.description.dependencies.map((one) => one.repository).filter((url) => /^https?:/.test(url));
    for (const [index, url] of [...new Set(repositories)].entries())
        await helm.run(['repo', 'add', `dependency-${index}`, url], (stderr) => explainHelm(stderr, chart.label));
    await helm.run(['dependency', 'build', copy], (stderr) => explainBuild(stderr, chart.label));
    return copy;
}
/** Copies charts that are named by path beside the copy, with their own dependencies. */
async function addNeighbours(chart, places, helm, log) {
    for (const { name, repository } of chart.description.dependencies) {
        if (!repository.startsWith('file://'))
            continue;
        const given = external_node_path_.resolve(chart.path, repository.slice('file://'.length));
        const neighbour = (0,src_workspace/* workspacePath */.X)(places.root, given);
        const label = external_node_path_.relative(places.root, neighbour);
        const description = await chart_describe(neighbour, label, { library: true }).catch((error) => {
            if (!(error instanceof errors/* GitOpsError */.$))
                throw error;
            throw new errors/* GitOpsError */.$(`${chart.label}/Chart.yaml: dependency "${name}" (${repository}): ${error.message}`, {
                hint: error.hint
            });
        });
        const local = { path: neighbour, label, description };
        if ((await missingDependencies(local)).length > 0)
            await buildCopy(local, places, helm, log);
        else
            await copyChart(neighbour, places);
    }
}
async function copyChart(directory, { root, copies }) {
    const copy = external_node_path_.join(copies, external_node_path_.relative(root, directory));
    await (0,promises_.cp)(directory, copy, {
        recursive: true,
        dereference: true,
        filter: (source) => !NO_PART.has(external_node_path_.basename(source))
    });
    return copy;
}
function explainBuild(stderr, label) {
    if (stderr.includes('is out of sync with'))
        return new errors/* GitOpsError */.$(`${label}/Chart.lock is out of date: Chart.yaml asks for other dependencies.`, {
            hint: `Run "helm dependency update ${label}" and commit Chart.lock.`
        });
    const error = explainHelm(stderr, label);
    return new errors/* GitOpsError */.$(`Dependencies of ${label}: ${error.message}`, {
        hint: error.hint ??
            'Commit the packed dependencies in charts/ to need no network, or make their repository reachable from the runner.',
        details: error.details
    });
}

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: ./src/toolchain/releases.js
var releases = __webpack_require__(6820);
;// CONCATENATED MODULE: ./src/toolchain/tools.js






const found = new Map();
/**
 * The absolute path of a program: the one on the PATH if it is new enough, else the pinned release, downloaded into the
 * runner's tool cache and checked. Looked up once per process.
 * @throws GitOpsError when it is neither there nor can be had
 */
function findTool(name, options) {
    const key = `${name}\n${(options.env ?? process.env)['PATH'] ?? ''}`;
    const known = found.get(key);
    if (known)
        return known;
    const search = findNow(name, options);
    found.set(key, search);
    search.catch(() => found.delete(key));
    return search;
}
async function findNow(name, options) {
    const release = releases/* RELEASES */.pH[name];
    const env = options.env ?? process.env;
    const program = await findOnPath(name, env);
    let problem;
    if (program !== undefined) {
        const version = await versionOf(program, name, options);
        if (version !== undefined && !isOlder(version, release.oldest)) {
            options.log.debug(`${name} ${version}: ${program}`);
            return program;
        }
        problem =
            version === undefined
                ? `${program} does not say its version`
                : `${program} is ${version}, and ${release.oldest} or newer is needed`;
        options.log.warning(`${problem}: taking ${name} ${release.version} instead.`);
    }
    try {
        // Loaded here, since most runs find what they need.
        const { downloadTool } = await Promise.all(/* import() */[__webpack_require__.e(459), __webpack_require__.e(937), __webpack_require__.e(722)]).then(__webpack_require__.bind(__webpack_require__, 9722));
        return await downloadTool(name, { log: options.log, env });
    }
    catch (error) {
        if (!(error instanceof errors/* GitOpsError */.$))
            throw error;
        const before = problem ?? `${name} is not on the PATH`;
        throw new errors/* GitOpsError */.$(`${before}, and ${error.message}`, { hint: error.hint, cause: error });
    }
}
/** Whether a program of that name is on the PATH. */
async function isOnPath(name, env = process.env) {
    return (await findOnPath(name, env)) !== undefined;
}
/** The first program of the right name. Docker keeps buildx among its plugins. */
async function findOnPath(name, env) {
    const directories = (env['PATH'] ?? '').split(external_node_path_.delimiter).filter((directory) => external_node_path_.isAbsolute(directory));
    const places = directories.flatMap((directory) => releases/* RELEASES */.pH[name].commands.map((command) => external_node_path_.join(directory, command)));
    if (name === 'buildx') {
        const plugins = [
            external_node_path_.join(env['DOCKER_CONFIG'] || external_node_path_.join(env['HOME'] || (0,external_node_os_.homedir)(), '.docker'), 'cli-plugins'),
            ...['/usr/local/lib', '/usr/local/libexec', '/usr/lib', '/usr/libexec'].map((base) => `${base}/docker/cli-plugins`)
        ];
        places.push(...plugins.map((directory) => external_node_path_.join(directory, 'docker-buildx')));
    }
    for (const place of places)
        if (await isProgram(place))
            return place;
    return undefined;
}
async function isProgram(file) {
    try {
        await (0,promises_.access)(file, external_node_fs_.constants.X_OK);
        return (await (0,promises_.stat)(file)).isFile();
    }
    catch {
        return false;
    }
}
async function versionOf(program, name, options) {
    try {
        const { stdout } = await options.exec(program, releases/* RELEASES */.pH[name].versionArguments, {
            timeout: 20_000,
            ...(options.signal ? { signal: options.signal } : {})
        });
        return /v?(\d+\.\d+(?:\.\d+)?)/.exec(name === 'kubectl' ? (/"gitVersion":\s*"([^"]+)"/.exec(stdout)?.[1] ?? '') : stdout)?.[1];
    }
    catch (error) {
        options.signal?.throwIfAborted();
        options.log.debug(`${program}: ${(0,errors/* messageOf */.b)(error)}`);
        return undefined;
    }
}
function isOlder(version, than) {
    const [a, b] = [version, than].map((text) => text.split('.').map(Number));
    for (let part = 0; part < 3; part++) {
        const difference = (a?.[part] ?? 0) - (b?.[part] ?? 0);
        if (difference !== 0)
            return difference < 0;
    }
    return false;
}

;// CONCATENATED MODULE: ./src/render/helm/run.js





/** Gives `work` a Helm that knows nothing of the user's repositories, cache and plugins, and writes nothing of theirs. */
async function withHelm(options, work) {
    const env = options.env ?? process.env;
    const program = await findTool('helm', options);
    // mkdtemp makes it readable for this user alone: it holds values, which may be secrets.
    const directory = await (0,promises_.mkdtemp)(external_node_path_.join(env['RUNNER_TEMP'] || (0,external_node_os_.tmpdir)(), 'gitops-actions-helm-'));
    try {
        return await work({
            directory,
            async run(args, explain) {
                const result = await options.exec(program, args, {
                    env: homeIn(directory, env),
                    allowFailure: true,
                    ...(options.signal ? { signal: options.signal } : {})
                });
                if (result.code !== 0)
                    throw explain(result.stderr || result.stdout);
                if (result.stderr.trim() !== '')
                    options.log.debug(`helm ${args[0]}: ${result.stderr.trim()}`);
                return result.stdout;
            }
        });
    }
    finally {
        await (0,promises_.rm)(directory, { recursive: true, force: true });
    }
}
/** Nothing of the user's home counts but the logins to registries, which are only read. */
function homeIn(directory, env) {
    const home = {};
    for (const name of Object.keys(env))
        if (name.startsWith('HELM_'))
            home[name] = undefined;
    const configHome = env['HELM_CONFIG_HOME'] || external_node_path_.join(env['XDG_CONFIG_HOME'] || external_node_path_.join((0,external_node_os_.homedir)(), '.config'), 'helm');
    const logins = env['HELM_REGISTRY_CONFIG'] || external_node_path_.join(configHome, 'registry', 'config.json');
    return {
        ...home,
        HELM_CACHE_HOME: external_node_path_.join(directory, 'cache'),
        HELM_CONFIG_HOME: external_node_path_.join(directory, 'config'),
        HELM_DATA_HOME: external_node_path_.join(directory, 'data'),
        HELM_PLUGINS: external_node_path_.join(directory, 'plugins'),
        ...((0,external_node_fs_.existsSync)(logins) ? { HELM_REGISTRY_CONFIG: logins } : {}),
        // Rendering must not depend on a cluster that happens to be reachable.
        KUBECONFIG: external_node_path_.join(directory, 'no-kubeconfig')
    };
}

;// CONCATENATED MODULE: ./src/render/helm/values.js






/**
 * The arguments that give Helm its values. Text goes through files of mode 0600, since values may be secrets and other
 * users of a machine can read arguments. What `set` gives is taken as it is: commas, braces and line ends belong to the value;
 * `true`, `false`, `null` and whole numbers are typed as by `helm --set`.
 * @throws GitOpsError when a file is missing or is no YAML mapping, or a path cannot be one
 */
async function valuesArguments(options) {
    const args = [];
    for (const file of options.files)
        args.push('--values', await valuesFile(file, options));
    if (options.text !== undefined && options.text.trim() !== '') {
        checkValues(options.text, 'values', options.log);
        args.push('--values', await keep(options.text, 'values.yaml', options));
    }
    let number = 0;
    for (const [key, value] of new Map(options.set)) {
        values_checkKey(key);
        if (isTyped(value))
            args.push('--set', `${key}=${value}`);
        else
            args.push('--set-file', `${key}=${await keep(value, `set-${number++}`, options)}`);
    }
    return args;
}
async function valuesFile(file, options) {
    const absolute = (0,src_workspace/* workspacePath */.X)(options.workspace, file);
    const bytes = await (0,promises_.readFile)(absolute).catch((error) => {
        throw new errors/* GitOpsError */.$(error.code === 'ENOENT'
            ? `Values file "${file}" does not exist.`
            : `Values file "${file}" cannot be read: ${error.message}`, { hint: 'Paths are relative to the workspace.', cause: error });
    });
    const text = decodeText(bytes, file);
    checkValues(text, file, options.log);
    // Helm splits the flag at commas and reads quotes in it.
    return /[,"]/.test(absolute) ? keep(text, `file-${external_node_path_.basename(file).replace(/[,"]/g, '-')}`, options) : absolute;
}
/** Helm's own messages about values name temporary files and no column. */
function checkValues(text, file, log) {
    const documents = readValues(text, file, log);
    if (documents === undefined)
        return;
    if (documents.length > 1)
        throw new errors/* GitOpsError */.$(`${file}:${documents[1]?.line}: a second document begins here, which Helm would ignore.`, {
            hint: 'Make it one document, or give a second values file.'
        });
    const value = documents[0]?.value;
    if (value !== undefined && !(0,json/* isObject */.Gv)(value))
        throw new errors/* GitOpsError */.$(`${file}: values must be a mapping.`, { hint: 'Write them as "key: value".' });
}
function readValues(text, file, log) {
    try {
        return readYaml(text, file);
    }
    catch (error) {
        // Helm takes the last one, and charts in use rely on it.
        if (!(error instanceof errors/* GitOpsError */.$) || !(0,errors/* messageOf */.b)(error).includes('duplicate key'))
            throw error;
        log.warning(`${error.message} Helm takes the last one.`);
        return undefined;
    }
}
function values_checkKey(key) {
    const bare = key.replace(/\\./g, '');
    if (key.trim() === '' || /[,={}\r\n]/.test(bare) || bare.startsWith('-'))
        throw new errors/* GitOpsError */.$(`"${key}" is no path of a value.`, {
            hint: 'Write it as for helm --set, one a line: image.tag=1.2, list[0].name=x, annotations.example\\.com/a=b.'
        });
}
/** strvals.typedVal of Helm: booleans, null, and integers without a leading zero. They say too little to be secrets. */
function isTyped(value) {
    if (/^(?:true|false|null)$/i.test(value) || value === '0')
        return true;
    return /^[+-]?[1-9]\d*$/.test(value) && BigInt.asIntN(64, BigInt(value)) === BigInt(value);
}
async function keep(text, name, { directory }) {
    const file = external_node_path_.join(directory, name);
    await (0,promises_.writeFile)(file, text, { mode: 0o600 });
    return file;
}

;// CONCATENATED MODULE: ./src/render/helm/index.js












/**
 * The objects that `helm template` renders, hooks included (the engine runs them), tests left out.
 * @throws GitOpsError with the template and line first
 */
async function renderHelm(source, options) {
    checkRelease(source.release);
    const chart = await findChart(source.chart, options.workspace);
    checkVersion(source, chart, options.log);
    return withHelm(options, async (helm) => {
        const values = await valuesArguments({
            files: source.values,
            text: source.valuesText,
            set: source.set ?? [],
            workspace: options.workspace,
            directory: helm.directory,
            log: options.log
        });
        const place = await helm_placeOf(source, chart, options, helm);
        const args = templateArguments(source, place, options.namespace);
        const text = await helm.run([...args, ...values], (stderr) => explainHelm(withoutPaths(stderr, helm), chart.label));
        return withoutEqualCrds(readRendered(text, chart.label), options.log);
    });
}
/** Helm's rule, which it checks only after a lot of work. */
function checkRelease(release) {
    if (/^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/.test(release) && release.length <= 53)
        return;
    throw new errors/* GitOpsError */.$(`"${release}" cannot be the name of a release.`, {
        hint: 'Use lower-case letters, digits, - and . between them, 53 characters at most.'
    });
}
function checkVersion(source, chart, log) {
    if (chart.type === 'remote') {
        if (source.version === undefined && !chart.pinned && !chart.reference.endsWith('.tgz'))
            log.warning(`${chart.reference}: without a version or a digest, each run takes the newest chart.`);
    }
    else if (source.version !== undefined)
        throw new errors/* GitOpsError */.$(`A version (${source.version}) is given, but the chart "${chart.label}" lies in the workspace.`, {
            hint: 'Leave the version out: it is the one that is committed.'
        });
}
/** Where the chart lies, unpacked or not. */
async function helm_placeOf(source, chart, options, helm) {
    if (chart.type === 'remote')
        return pull(source, chart, helm);
    return chart.type === 'archive' ? chart.path : withDependencies(chart, options.workspace, helm, options.log);
}
/** Fetched by a command of its own: `helm template` prints what it pulls among the manifests. */
async function pull(source, chart, helm) {
    const directory = external_node_path_.join(helm.directory, 'pulled');
    const version = source.version === undefined ? [] : ['--version', source.version];
    const plain = chart.plainHttp && chart.reference.startsWith('oci:') ? ['--plain-http'] : [];
    await (0,promises_.mkdir)(directory);
    await helm.run(['pull', chart.reference, ...version, ...plain, '--destination', directory], (stderr) => explainHelm(stderr, chart.label));
    const [file] = (await (0,promises_.readdir)(directory)).filter((name) => name.endsWith('.tgz'));
    if (file === undefined)
        throw new errors/* GitOpsError */.$(`${chart.label} is no chart: nothing to unpack came of it.`);
    return external_node_path_.join(directory, file);
}
/** The command line without values. */
function templateArguments(source, place, namespace) {
    return [
        'template',
        source.release,
        place,
        '--skip-tests',
        ...(source.includeCrds ? ['--include-crds'] : []),
        ...(namespace === undefined ? [] : ['--namespace', namespace]),
        ...(source.kubeVersion === undefined ? [] : ['--kube-version', source.kubeVersion]),
        ...(source.apiVersions && source.apiVersions.length > 0 ? ['--api-versions', source.apiVersions.join(',')] : [])
    ];
}
/** Reads what Helm prints: documents that name their template in a comment, or belong to the one before. */
function readRendered(text, label) {
    const { chunks, badSeparator } = splitDocuments(text);
    let file = label;
    let begin = 1;
    const manifests = chunks.flatMap((chunk) => {
        const comment = /^(?:\s*\n|---.*\n|#.*\n)*?# Source: (.+)\n/.exec(chunk.text);
        const lines = comment ? comment[0].split('\n').length - 1 : 0;
        if (comment?.[1] !== undefined) {
            file = inChart(comment[1], label);
            begin = chunk.line + lines;
        }
        // So that lines in messages are those of what this template renders.
        const body = '\n'.repeat(chunk.line + lines - begin) + chunk.text.slice(comment?.[0].length ?? 0);
        const place = `${file}${RENDERED}`;
        return toManifests(readYaml(body, place), place).map(({ object }) => ({ object, source: { file } }));
    });
    if (badSeparator !== undefined)
        throw errorAt({ file: `${file}${RENDERED}`, line: badSeparator - begin + 1 }, 'something follows a document separator "---" on its line.', {
            hint: 'Move it to the next line; of templates, mind the dashes that eat line ends ({{- and -}}).'
        });
    if (manifests.length === 0)
        throw new errors/* GitOpsError */.$(`${label} renders no objects with these values.`, {
            hint: 'Look at the conditions in its templates: everything is switched off.'
        });
    return manifests;
}
/** Subcharts that share CRDs bring each a copy; Helm installs the first. */
function withoutEqualCrds(manifests, log) {
    const first = new Map();
    return manifests.filter((manifest) => {
        const { object, source } = manifest;
        if (object.kind !== 'CustomResourceDefinition' || !/(?:^|\/)crds\//.test(source.file))
            return true;
        const other = first.get(object.metadata.name);
        if (!other)
            first.set(object.metadata.name, manifest);
        else
            log.info(`CustomResourceDefinition ${object.metadata.name} is in ${other.source.file} and ${source.file}; the first is taken.`);
        return !other;
    });
}
/** Names of temporary folders say nothing to a reader. */
function withoutPaths(stderr, helm) {
    return stderr.replaceAll(`${helm.directory}${external_node_path_.sep}`, '');
}

;// CONCATENATED MODULE: ./src/render/images.js



/**
 * Replaces images in place, wherever an object describes pods. A pin with a tag or digest beats one of the whole
 * repository. `nginx`, `docker.io/nginx` and `docker.io/library/nginx` are the same.
 * Warns of references that no pod took, with the images that look most like them.
 * @throws GitOpsError when a pin is no image reference, or two pins name the same image
 */
function pinImages(manifests, pins, log) {
    if (pins.length === 0)
        return;
    const byImage = indexPins(pins);
    const taken = new Set();
    const seen = new Set();
    for (const { object } of manifests) {
        for (const { spec } of podsOf(object)) {
            for (const { holder, key, image } of imagesOf(spec)) {
                seen.add(image);
                const pin = keysOf(image)
                    .map((one) => byImage.get(one))
                    .find((one) => one !== undefined);
                if (!pin)
                    continue;
                taken.add(pin.reference);
                holder[key] = pin.reference;
            }
        }
    }
    warnOfUnused(pins, taken, [...seen], log);
}
/** Every image of every pod, once, sorted. */
function allImages(manifests) {
    const images = new Set();
    for (const { object } of manifests)
        for (const { spec } of podsOf(object))
            for (const { image } of imagesOf(spec))
                images.add(image);
    return [...images].sort();
}
function indexPins(pins) {
    const byImage = new Map();
    for (const pin of pins) {
        parseReference(pin.reference);
        const key = images_keyOf(parseReference(pin.name));
        const other = byImage.get(key);
        if (other && other.reference !== pin.reference)
            throw new errors/* GitOpsError */.$(`Two images are to take the place of "${pin.name}": ${other.reference} and ${pin.reference}.`, {
                hint: 'Keep one of them; name a tag (nginx:1.27) if different images of one repository are replaced.'
            });
        byImage.set(key, pin);
    }
    return byImage;
}
/** Under which keys a pin of an image is looked up, the narrowest first. Empty for what is no valid reference. */
function keysOf(image) {
    const reference = parsed(image);
    if (!reference)
        return [];
    const { repository, tag } = reference;
    const whole = { repository };
    return [...new Set([reference, tag === undefined ? whole : { repository, tag }, whole].map(images_keyOf))];
}
function images_keyOf({ repository, tag, digest }) {
    return `${repository.registry}/${repository.path}${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`;
}
function parsed(image) {
    try {
        return parseReference(image);
    }
    catch {
        return undefined;
    }
}
/** Pins come in pairs (the name in the declaration, the repository), so it is references that count. */
function warnOfUnused(pins, taken, seen, log) {
    for (const reference of new Set(pins.map((pin) => pin.reference))) {
        if (taken.has(reference))
            continue;
        const names = pins.filter((pin) => pin.reference === reference).map((pin) => pin.name);
        const near = nearest(names, seen);
        log.warning(`No pod uses the image ${names.map((name) => `"${name}"`).join(' or ')}, so ${reference} goes nowhere. ${near.length > 0
            ? `Images that look like it: ${near.join(', ')}.`
            : seen.length > 0
                ? `Images in use: ${seen.slice(0, 5).join(', ')}${seen.length > 5 ? ', …' : ''}.`
                : 'No object describes pods.'}`);
    }
}
const SHOWN = 3;
/** Images whose last part is the same as, or a few letters away from, one of the names. */
function nearest(names, images) {
    return images
        .map((image) => ({ image, distance: Math.min(...names.map((name) => distance(lastPart(name), lastPart(image)))) }))
        .filter(({ image, distance: letters }) => letters <= Math.max(1, Math.floor(lastPart(image).length / 4)))
        .sort((a, b) => a.distance - b.distance)
        .slice(0, SHOWN)
        .map(({ image }) => image);
}
function lastPart(image) {
    return (image.split('@')[0] ?? '').split('/').at(-1)?.split(':')[0] ?? '';
}
/** Levenshtein distance. */
function distance(a, b) {
    let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
    for (let row = 1; row <= a.length; row++) {
        const current = [row];
        for (let column = 1; column <= b.length; column++) {
            const substitution = (previous[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
            current.push(Math.min(substitution, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
        }
        previous = current;
    }
    return previous[b.length] ?? 0;
}

;// CONCATENATED MODULE: ./src/render/kustomize.js









/**
 * The objects of a kustomization, as `kustomize build` or `kubectl kustomize` builds them, without plugins.
 * @throws GitOpsError with the reason of kustomize, or when it draws on files outside of the workspace
 */
async function buildKustomization(file, options) {
    const root = (0,src_workspace/* workspacePath */.X)(options.workspace, '.');
    await checkBases(file.path, root, new Set());
    const tool = (await isOnPath('kustomize')) ? 'kustomize' : 'kubectl';
    const program = await findTool(tool, options);
    const result = await options.exec(program, [tool === 'kustomize' ? 'build' : 'kustomize', file.path], {
        allowFailure: true,
        ...(options.signal ? { signal: options.signal } : {})
    });
    if (result.code !== 0)
        throw failed(file.name, result.stderr, root);
    const built = `${file.name}${BUILT}`;
    const manifests = toManifests(readYaml(result.stdout, built), built);
    if (manifests.length === 0)
        throw errorAt({ file: file.name }, 'the kustomization builds no objects.', {
            hint: 'List its files under resources.'
        });
    // Lines of what was built are no lines of a file.
    return manifests.map(({ object }) => ({ object, source: { file: file.name } }));
}
function failed(name, stderr, root) {
    const text = stderr
        .trim()
        .replace(/^error:\s*/i, '')
        .replaceAll(`${root}${external_node_path_.sep}`, '');
    return errorAt({ file: name }, text.split('\n')[0] || 'kustomize failed without a reason.', {
        details: text.split('\n').slice(1),
        hint: text.includes('--enable-helm')
            ? 'Charts inside a kustomization are not built. Render the chart with Helm (chart:) instead.'
            : text.includes('is not in or below')
                ? 'A kustomization may only use files of its own directory; move the file, or make it a base.'
                : undefined
    });
}
const LISTS = ['resources', 'bases', 'components', 'generators', 'transformers', 'validators'];
/** kustomize keeps files inside a kustomization's own directory, but takes bases from anywhere: those are checked here. */
async function checkBases(directory, root, visited) {
    if (visited.has(directory))
        return;
    visited.add(directory);
    for (const entry of await entriesOf(directory, root)) {
        const target = external_node_path_.resolve(directory, entry);
        const found = await (0,promises_.stat)(target).catch(() => undefined);
        // What does not exist here is the address of a remote base, or kustomize says that it is missing.
        if (!found)
            continue;
        const real = (0,src_workspace/* workspacePath */.X)(root, target);
        if (found.isDirectory())
            await checkBases(real, root, visited);
    }
}
/** What a kustomization lists; empty where there is none, since kustomize says that better. */
async function entriesOf(directory, root) {
    const name = (await (0,promises_.readdir)(directory)).find((one) => KUSTOMIZATIONS.includes(one));
    if (name === undefined)
        return [];
    const file = external_node_path_.join(directory, name);
    const label = external_node_path_.relative(root, file);
    const documents = readYaml(decodeText(await (0,promises_.readFile)(file), label), label);
    const lists = documents.flatMap(({ value }) => LISTS.flatMap((list) => (0,json/* asList */.DD)((0,json/* asObject */.eB)(value)?.[list]) ?? []));
    return lists.map(json/* asString */.oJ).filter((entry) => entry !== undefined);
}

;// CONCATENATED MODULE: ./src/render/placeholders.js




/** `{{ .Values.tag }}` of a template, `$(TAG)` of kustomize, `${TAG}` of a shell. */
const PLACEHOLDER = /\{\{[^}]*\}*|\$\([\w.-]+\)|\$\{[^}]*\}*/;
/**
 * Refuses names and images in which something was to be filled in and was not. The API server takes such an image, and
 * only the pod that cannot be started tells of it. Everywhere else placeholders may be meant: alert rules, workflows, the
 * environment of a container.
 * @throws GitOpsError with file:line
 */
function refusePlaceholders(manifests) {
    for (const { object, source } of manifests) {
        const places = [
            ['metadata.name', object.metadata.name],
            ['metadata.namespace', (0,json/* asString */.oJ)(object.metadata['namespace'])],
            // Custom resources may be templates themselves (a WorkflowTemplate, a Task).
            ...((0,render_manifest/* groupOf */.F8)(object).includes('.') ? [] : podsOf(object).flatMap(({ spec }) => imagesIn(spec)))
        ];
        for (const [field, text] of places) {
            const left = text === undefined ? undefined : PLACEHOLDER.exec(text)?.[0];
            if (left === undefined)
                continue;
            throw errorAt(source, `the ${field} of ${object.kind} ${object.metadata.name} is "${text}": nothing was filled in for ${left}.`, {
                hint: placeholders_hintFor(left)
            });
        }
    }
}
function imagesIn(spec) {
    return imagesOf(spec).map(({ holder, image }) => {
        const name = (0,json/* asString */.oJ)(holder['name']);
        return [name === undefined ? 'image' : `image of container "${name}"`, image];
    });
}
function placeholders_hintFor(left) {
    if (left.startsWith('{{'))
        return 'This is a template: give its chart to Helm (chart:), or write the value out.';
    if (left.startsWith('$('))
        return 'Variables of kustomize are filled in by its kustomization (replacements): give its folder as the path.';
    return 'Fill it in before this step (envsubst), or write the value out; images are best given by the input "images".';
}

;// CONCATENATED MODULE: ./src/render/index.js













/**
 * What is declared, as objects: read or rendered, images pinned, checksums added. Nothing is written into the workspace.
 * @throws GitOpsError that says where in the workspace what is wrong
 */
async function render(source, options) {
    const manifests = source.type === 'helm' ? await renderHelm(source, options) : await readManifests(source.paths, options);
    refuseDuplicates(manifests, options.namespace);
    pinImages(manifests, options.images, options.log);
    refusePlaceholders(manifests);
    if (options.configChecksums)
        addConfigChecksums(manifests, options.namespace);
    const texts = manifests.map((manifest) => {
        const text = (0,json/* canonicalJson */.dj)(manifest.object);
        checkSize(manifest, text);
        return text;
    });
    return { manifests, digest: digestOf(texts), images: allImages(manifests) };
}
const FILES_AT_ONCE = 32;
async function readManifests(paths, options) {
    const files = await findManifests(options.workspace, paths);
    const manifests = (await (0,concurrency/* mapConcurrent */._)(files, FILES_AT_ONCE, (file) => readOne(file, options))).flat();
    if (manifests.length === 0)
        throw new errors/* GitOpsError */.$(`There are no objects in ${files.map(({ name }) => name).join(', ')}.`, {
            hint: 'The files hold no documents, or comments alone.'
        });
    return manifests;
}
async function readOne(file, options) {
    if (file.type === 'kustomization')
        return buildKustomization(file, options);
    const bytes = await (0,promises_.readFile)(file.path).catch((error) => {
        throw unreadable(file.name, error);
    });
    return toManifests(readYaml(decodeText(bytes, file.name), file.name), file.name);
}


/***/ }),

/***/ 6820:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   pH: () => (/* binding */ RELEASES)
/* harmony export */ });
/* unused harmony exports kopsRelease, terraformRelease, opentofuRelease */
const HELM = 'https://get.helm.sh';
const KUSTOMIZE = 'https://github.com/kubernetes-sigs/kustomize/releases/download/kustomize%2Fv5.8.1';
const BUILDX = 'https://github.com/docker/buildx/releases/download/v0.36.1';
/**
 * kops has to fit the cluster: any version of it may be asked for, so that none is pinned. It is checked against the file
 * beside the release, and never downloaded unless its version was asked for.
 */
function kopsRelease(version) {
    const base = `https://github.com/kubernetes/kops/releases/download/v${version}`;
    return {
        version,
        // instance groups by role, the order of `kops reconcile`
        oldest: '1.31.0',
        commands: ['kops'],
        versionArguments: ['version', '--short'],
        url: (platform) => `${base}/kops-${platform}`,
        checksumUrl: (platform) => `${base}/kops-${platform}.sha256`,
        sha256: {}
    };
}
/** Digests of the versions that are taken when none is asked for, as their SHA256SUMS say. */
const TERRAFORM = {
    version: '1.15.8',
    sha256: {
        'linux-amd64': 'd25ce7b6902013ad905db3d2eab0be4cd905887fe88b81a6171b8d5503c31f3d',
        'linux-arm64': '8891e9dcedc9e3b8950bc6af9d4d8af1f4cfade3062f53b9dc403a89f6ce8c9c',
        'darwin-amd64': 'e2e812e783771159bf758fd4e55d6dc9bb08f63e2af2c63d212721807a02c5dc',
        'darwin-arm64': 'f210110c5698b94d803a7a63cdb0251b5455c150841478808e2bbb343f95ed68'
    }
};
const OPENTOFU = {
    version: '1.12.6',
    sha256: {
        'linux-amd64': '5dc43da4f750f33873dc25e94587128709e819e544b7be9016b255316153c3a8',
        'linux-arm64': 'e573979ba68a17fe7b881752051a694a7efcd970e39521f6a25775197861ed4d'
    }
};
/** A release of Terraform. Another version than the pinned one is checked against the SHA256SUMS of its release. */
function terraformRelease(version = TERRAFORM.version) {
    const base = `https://releases.hashicorp.com/terraform/${version}/terraform_${version}`;
    return {
        version,
        // checks and import blocks in the JSON of a plan
        oldest: '1.5.0',
        commands: ['terraform'],
        versionArguments: ['version', '-json'],
        url: (platform) => `${base}_${platform.replace('-', '_')}.zip`,
        checksumUrl: () => `${base}_SHA256SUMS`,
        member: () => 'terraform',
        sha256: version === TERRAFORM.version ? TERRAFORM.sha256 : {}
    };
}
/** A release of OpenTofu. Another version than the pinned one is checked against the SHA256SUMS of its release. */
function opentofuRelease(version = OPENTOFU.version) {
    const base = `https://github.com/opentofu/opentofu/releases/download/v${version}/tofu_${version}`;
    return {
        version,
        oldest: '1.6.0',
        commands: ['tofu'],
        versionArguments: ['version', '-json'],
        url: (platform) => `${base}_${platform.replace('-', '_')}.zip`,
        checksumUrl: () => `${base}_SHA256SUMS`,
        member: () => 'tofu',
        sha256: version === OPENTOFU.version ? OPENTOFU.sha256 : {}
    };
}
const RELEASES = {
    helm: {
        version: '4.2.3',
        // --plain-http and --set-file of `helm template`, chart digests
        oldest: '3.13.0',
        commands: ['helm'],
        versionArguments: ['version', '--template', '{{.Version}}'],
        url: (platform) => `${HELM}/helm-v4.2.3-${platform}.tar.gz`,
        checksumUrl: (platform) => `${HELM}/helm-v4.2.3-${platform}.tar.gz.sha256sum`,
        member: (platform) => `${platform}/helm`,
        sha256: {
            'linux-amd64': 'e9b88b4ee95b18c706839c28d3a0220e5bc470e9cd9262410c90793c45ff8b7c',
            'linux-arm64': '21abd9354d39b2cd79a8d76be6912cd137a983cbf997193503fb8a6a6e2f2785',
            'darwin-amd64': 'ff3ac86755a45f3422473bc1200776aac0fe04c5766abe6ca66699f7b564b23b',
            'darwin-arm64': '048ecf5ad3160f83d918f9fe945238d2132b079640f7b106175331c25f242c64'
        }
    },
    kubectl: {
        version: '1.36.3',
        // its kustomize is 5.0
        oldest: '1.27.0',
        commands: ['kubectl'],
        versionArguments: ['version', '--client', '--output=json'],
        url: (platform) => `https://dl.k8s.io/release/v1.36.3/bin/${platform.replace('-', '/')}/kubectl`,
        checksumUrl: (platform) => `https://dl.k8s.io/release/v1.36.3/bin/${platform.replace('-', '/')}/kubectl.sha256`,
        sha256: {
            'linux-amd64': 'ebbd080e7c2e275093b55915722043257eb24004363e20acb3c4d71919f88336',
            'linux-arm64': '3d86f24401c41ae5a46ac50eef8865fe891d3647d324a0836f6c63757a126e62'
        }
    },
    kustomize: {
        version: '5.8.1',
        oldest: '5.0.0',
        commands: ['kustomize'],
        versionArguments: ['version'],
        url: (platform) => `${KUSTOMIZE}/kustomize_v5.8.1_${platform.replace('-', '_')}.tar.gz`,
        checksumUrl: () => `${KUSTOMIZE}/checksums.txt`,
        member: () => 'kustomize',
        sha256: {
            'linux-amd64': '029a7f0f4e1932c52a0476cf02a0fd855c0bb85694b82c338fc648dcb53a819d',
            'linux-arm64': '0953ea3e476f66d6ddfcd911d750f5167b9365aa9491b2326398e289fef2c142'
        }
    },
    buildx: {
        version: '0.36.1',
        // the metadata file holds the digest of the pushed image, provenance of the modes min and max
        oldest: '0.13.0',
        commands: ['buildx', 'docker-buildx'],
        versionArguments: ['version'],
        url: (platform) => `${BUILDX}/buildx-v0.36.1.${platform}`,
        checksumUrl: () => `${BUILDX}/checksums.txt`,
        sha256: {
            'linux-amd64': '48af8a397ebd60178778bf63611dbcebe5f5e7a9be90eb9147b24b9587455778',
            'linux-arm64': '5d0cafd9d16afe1a0f0d9529885344ace2cc99efdd531b6c783c5455a6001569'
        }
    }
};


/***/ })

};
