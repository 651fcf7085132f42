export const id = 835;
export const ids = [835];
export const modules = {

/***/ 8835:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

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

// EXTERNAL MODULE: ./src/render/placed.js
var placed = __webpack_require__(1560);
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
        throw (0,placed/* errorAt */.Os)(place, `the name of ${what} "${name.slice(0, 40)}…" has ${name.length} characters.`, {
            hint: `A name has at most ${MAX_NAME}; many kinds take less.`
        });
    if (name === '.' || name === '..' || /[/%]/.test(name))
        throw (0,placed/* errorAt */.Os)(place, `the name of ${what} "${name}" cannot be part of a URL.`, {
            hint: 'A name must not be "." or "..", and has no "/" and no "%".'
        });
    const { namespace } = object.metadata;
    if (typeof namespace === 'string' &&
        namespace !== '' &&
        !(namespace.length <= MAX_NAMESPACE && NAMESPACE.test(namespace)))
        throw (0,placed/* errorAt */.Os)(place, `the namespace "${namespace}" of ${what} ${name} is no name of a namespace.`, {
            hint: `It has at most ${MAX_NAMESPACE} lower-case letters, digits and hyphens, and begins and ends with a letter or a digit.`
        });
    for (const [key, value] of Object.entries((0,json/* asObject */.eB)(object.metadata['labels']) ?? {})) {
        checkKey(key, 'label', object, place);
        const text = String(value ?? '');
        if (text !== '' && (text.length > MAX_LABEL || !QUALIFIED.test(text)))
            throw (0,placed/* errorAt */.Os)(place, `the label ${key} of ${what} ${name} is "${shortened(text)}", which no label may be.`, {
                hint: `A label has at most ${MAX_LABEL} letters, digits, "-", "_" and ".", and begins and ends with a letter or a digit. Longer texts are annotations.`
            });
    }
    let size = 0;
    for (const [key, value] of Object.entries((0,json/* asObject */.eB)(object.metadata['annotations']) ?? {})) {
        checkKey(key, 'annotation', object, place);
        size += Buffer.byteLength(key) + Buffer.byteLength(String(value ?? ''));
    }
    if (size > MAX_ANNOTATIONS)
        throw (0,placed/* errorAt */.Os)(place, `the annotations of ${what} ${name} have ${Math.ceil(size / 1024)} KiB; 256 KiB are taken at most.`, {
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
    throw (0,placed/* errorAt */.Os)(place, `"${shortened(key)}" of ${object.kind} ${object.metadata.name} is no key of ${sort === 'label' ? 'a label' : 'an annotation'}.`, {
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
            throw (0,placed/* errorAt */.Os)({ file, line: document.line }, `this document is ${kindOf(document.value)}, not an object of Kubernetes.`, {
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
        throw (0,placed/* errorAt */.Os)({ file, line: document.lineOf(object) }, `the items of this ${kind} are ${kindOf(items)}, not a list.`, { hint: 'Every item stands behind a hyphen: "- apiVersion: …".' });
    return items.flatMap((item) => {
        if (!(0,json/* isObject */.Gv)(item))
            throw (0,placed/* errorAt */.Os)({ file, line: document.lineOf(object) }, `an item of this ${kind} is ${kindOf(item)}, not an object.`, {
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
        throw (0,placed/* errorAt */.Os)(place, `${objects_nameOf(object)} has metadata.generateName and no name.`, {
            hint: 'Give it a fixed metadata.name: an object whose name the server makes up cannot be found, compared or pruned by a later run.'
        });
    if (metadata?.['name'] === undefined || metadata['name'] === null || metadata['name'] === '')
        missing.push('metadata.name');
    if (missing.length > 0)
        throw (0,placed/* errorAt */.Os)(place, `${objects_nameOf(object)} has no ${missing.join(' and no ')}.`, {
            hint: 'Every object needs apiVersion, kind and metadata.name.'
        });
    const wrong = fieldThatIsNoText(object, metadata ?? {});
    if (wrong)
        throw notText(...wrong, object, place);
    if (object['kind'] === 'Kustomization' && String(object['apiVersion']).startsWith('kustomize.config.k8s.io/'))
        throw (0,placed/* errorAt */.Os)(place, `this is a kustomization, which is built, not applied.`, {
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
/**
 * The first field that is no text although the API server takes nothing else there, and its value; YAML makes `1.10`,
 * `yes` and `0644` something else. Undefined when all are.
 */
function fieldThatIsNoText(object, metadata) {
    for (const key of ['apiVersion', 'kind']) {
        const value = object[key];
        if (value !== undefined && typeof value !== 'string')
            return [key, value];
    }
    const { name, namespace, labels, annotations } = metadata;
    if (name !== undefined && typeof name !== 'string')
        return ['metadata.name', name];
    if (namespace !== undefined && namespace !== null && typeof namespace !== 'string')
        return ['metadata.namespace', namespace];
    const found = entryThatIsNoText('metadata.labels', labels) ?? entryThatIsNoText('metadata.annotations', annotations);
    if (found || (object['kind'] !== 'ConfigMap' && object['kind'] !== 'Secret'))
        return found;
    for (const key of ['data', 'binaryData', 'stringData']) {
        const entry = entryThatIsNoText(key, object[key]);
        if (entry)
            return entry;
    }
    return undefined;
}
function entryThatIsNoText(path, map) {
    if (!(0,json/* isObject */.Gv)(map))
        return undefined;
    for (const key of Object.keys(map)) {
        const value = map[key];
        // The API server reads null as the empty text.
        if (value !== undefined && value !== null && typeof value !== 'string')
            return [`${path}["${key}"]`, value];
    }
    return undefined;
}
function notText(path, value, object, place) {
    return (0,placed/* errorAt */.Os)(place, `${path} of ${objects_nameOf(object)} is ${kindOf(value)}, and must be text.`, {
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
    return (0,placed/* errorAt */.Os)(place, `this is no object of Kubernetes: it has neither apiVersion nor kind. ${what}`, {
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
        throw (0,placed/* errorAt */.Os)(place, `${objects_nameOf(object)} holds ${mebibytes(size)} MiB; the API server takes 1 MiB at most.`, {
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
        throw (0,placed/* errorAt */.Os)(source, `${objects_nameOf(object)} has ${mebibytes(size)} MiB; a cluster stores 1.5 MiB at most.`, {
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
            const message = `${objects_nameOf(object)} is declared twice: ${(0,placed/* nameOf */.Vb)(other.source)} and ${(0,placed/* nameOf */.Vb)(manifest.source)}.`;
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

// EXTERNAL MODULE: ./src/render/yaml/documents.js
var documents = __webpack_require__(3539);
// EXTERNAL MODULE: ./src/render/yaml/index.js + 13 modules
var yaml = __webpack_require__(867);
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
    const value = (0,yaml/* readYaml */.P)((0,yaml/* decodeText */.g)(bytes, file), file)[0]?.value;
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
        return (0,placed/* errorAt */.Os)({ file: inChart(yaml[1] ?? '', label) }, `it renders text that is no YAML${yaml[2] ? `, on line ${yaml[2]} of what it renders` : ''}: ${yaml[3]}.`, { hint: `See what it renders: helm template --debug ${label}` });
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
        return (0,placed/* errorAt */.Os)(place, reasonOf(text), { details, hint: hintFor(text) });
    }
    return new errors/* GitOpsError */.$(`${label}: ${text === '' ? 'Helm failed without a reason.' : (text.split('\n')[0] ?? '')}`, {
        details: details.slice(1),
        hint: hintFor(text)
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
function hintFor(text) {
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
    return dependenciesOf((0,yaml/* readYaml */.P)((0,yaml/* decodeText */.g)(bytes, file), file)[0]?.value);
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
    const text = (0,yaml/* decodeText */.g)(bytes, file);
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
        return (0,yaml/* readYaml */.P)(text, file);
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
        const place = await placeOf(source, chart, options, helm);
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
async function placeOf(source, chart, options, helm) {
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
    const { chunks, badSeparator } = (0,documents/* splitDocuments */.Z)(text);
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
        const place = `${file}${placed/* RENDERED */.Un}`;
        return toManifests((0,yaml/* readYaml */.P)(body, place), place).map(({ object }) => ({ object, source: { file } }));
    });
    if (badSeparator !== undefined)
        throw (0,placed/* errorAt */.Os)({ file: `${file}${placed/* RENDERED */.Un}`, line: badSeparator - begin + 1 }, 'something follows a document separator "---" on its line.', {
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
    const built = `${file.name}${placed/* BUILT */.BT}`;
    const manifests = toManifests((0,yaml/* readYaml */.P)(result.stdout, built), built);
    if (manifests.length === 0)
        throw (0,placed/* errorAt */.Os)({ file: file.name }, 'the kustomization builds no objects.', {
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
    return (0,placed/* errorAt */.Os)({ file: name }, text.split('\n')[0] || 'kustomize failed without a reason.', {
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
    const documents = (0,yaml/* readYaml */.P)((0,yaml/* decodeText */.g)(await (0,promises_.readFile)(file), label), label);
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
            throw (0,placed/* errorAt */.Os)(source, `the ${field} of ${object.kind} ${object.metadata.name} is "${text}": nothing was filled in for ${left}.`, {
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
    return toManifests((0,yaml/* readYaml */.P)((0,yaml/* decodeText */.g)(bytes, file.name), file.name), file.name);
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
