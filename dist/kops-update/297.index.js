export const id = 297;
export const ids = [297];
export const modules = {

/***/ 1061:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   o: () => (/* binding */ digestOf)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);

/**
 * `sha256:…` over all objects: the same for the same objects, whatever their order, files and key order.
 * @param objects canonical JSON of each
 */
function digestOf(objects) {
    const hash = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256');
    for (const text of [...objects].sort())
        hash.update(text).update('\n');
    return `sha256:${hash.digest('hex')}`;
}


/***/ }),

/***/ 8762:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   SP: () => (/* binding */ explainFailure),
/* harmony export */   Z7: () => (/* binding */ withoutPrefix)
/* harmony export */ });
/* unused harmony export reasonOf */
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9973);

/** What to do about errors that people meet; the first that matches. */
const PATTERNS = [
    {
        matches: /NoSuchBucket|bucket .*does not exist/i,
        hint: 'The state store does not exist. Is "state" spelled right (s3://bucket), and are these the credentials of the right account? kops does not create its bucket.'
    },
    {
        matches: /PermanentRedirect|BucketRegionError|AuthorizationHeaderMalformed|the region .* is wrong|status code: 301/i,
        hint: 'The bucket of the state store lies in another region. Set AWS_REGION (or S3_REGION) to the region of the bucket.'
    },
    {
        matches: /ExpiredToken|token (?:included in the request )?(?:is|has) expired|RequestExpired/i,
        hint: 'The AWS credentials have expired. Assume the role again right before this step, or for longer (role-duration-seconds of aws-actions/configure-aws-credentials).'
    },
    {
        matches: /InvalidClientTokenId|SignatureDoesNotMatch|InvalidAccessKeyId|AuthFailure|UnrecognizedClient|no EC2 IMDS role found|failed to (?:refresh cached|retrieve) credentials|NoCredentialProviders/i,
        hint: 'There are no valid AWS credentials. Put aws-actions/configure-aws-credentials before this step, with permissions: id-token: write.'
    },
    {
        matches: /AccessDenied|UnauthorizedOperation|not authorized to perform|StatusCode: 403/i,
        hint: 'The role lacks that right. A plan needs to read the state store and to describe what the cluster consists of; applying needs the rights that kops documents.'
    },
    {
        matches: /kops version older than last used to update|older than the .*last used|downgrade/i,
        hint: 'The cluster was last updated by a newer kops. Use that one (kops-version), or accept the downgrade with allow-kops-downgrade: true.'
    },
    {
        matches: /kops upgrade is required|upgrading kops is required|KOPS_RUN_TOO_NEW_VERSION|KOPS_RUN_OBSOLETE_VERSION/i,
        hint: 'This kops does not support that version of Kubernetes. Take a kops of the same minor version or newer (kops-version).'
    },
    {
        matches: /Unable to reach the kubernetes API|error listing nodes|cannot build kubernetes api client|no such host|i\/o timeout|connection refused/i,
        hint: 'The Kubernetes API of the cluster cannot be reached from this runner. Give api-server (an address that can be), or a kubeconfig; or replace instances without it: rolling-update-cloud-only: true and validate: false.'
    },
    {
        matches: /must configure at least one/i,
        hint: 'The manifests must have an instance group of the control plane and one of nodes (with minSize: 0 where none is wanted). Is a file missing in "manifest"?'
    },
    {
        matches: /unhandled kind/i,
        hint: 'kops replaces Cluster, InstanceGroup and SSHCredential only. Deploy anything else as manifests of a target of its own.'
    },
    {
        matches: /field is immutable|Forbidden: .*(?:immutable|cannot be (?:changed|updated))|may not be changed|cannot be changed/i,
        hint: 'kops cannot change that field of a cluster that exists. Take the change back.'
    },
    {
        matches: /"[^"]+" not found|cluster not found/i,
        hint: 'The state store has no such cluster. Are "state" and the name in the manifests right? A deploy creates it.'
    },
    {
        matches: /unknown \/ unhandled path type|error building path/i,
        hint: 'Write the state store as kops does: s3://bucket, gs://bucket, or another scheme of https://kops.sigs.k8s.io/state.'
    },
    {
        matches: /error parsing|error converting YAML|cannot unmarshal|unable to decode/i,
        hint: 'Correct the manifest. "kops get all --name NAME -o yaml" shows the form that kops writes.'
    },
    {
        matches: /(?:Invalid value|Required value|Unsupported value|Forbidden)/,
        hint: 'Correct that field in the manifest.'
    },
    {
        matches: /failed to drain node|error draining|Cannot evict pod/i,
        hint: 'A pod cannot be moved: a disruption budget allows no disruption, or it takes longer than drain-timeout. Correct that, then run it again: it goes on where this one ended. fail-on-drain-error: false ends such pods.'
    },
    {
        matches: /validation failed|not yet healthy|wait time exceeded|not healthy after update|did not validate|cluster is not healthy|error validating cluster/i,
        hint: 'The cluster did not become healthy. "kops validate cluster" shows the same; a re-run goes on where this one ended.'
    }
];
/**
 * kops' own reason for a failure, and what to do.
 * @param what what was to be done: `Planning`
 * @param output all that it printed, without secrets
 */
function explainFailure(what, output) {
    const reason = reasonOf(output);
    const pattern = PATTERNS.find((one) => one.matches.test(`${reason}\n${lastProblems(output).join('\n')}`));
    const details = lastProblems(output).filter((line) => !reason.includes(line) && !line.includes(reason));
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .GitOpsError */ .$(`${what} failed: ${reason}`, {
        ...(pattern ? { hint: pattern.hint } : {}),
        details: details.slice(-5)
    });
}
/** What stands behind the last `Error: `; the last lines where there is none. */
function reasonOf(output) {
    const lines = output.trimEnd().split('\n');
    const start = lines.findLastIndex((line) => line.startsWith('Error: '));
    if (start >= 0)
        return tidy(lines.slice(start).join('\n').slice('Error: '.length));
    const fatal = lines.findLast((line) => /^[EF]\d{4} /.test(line));
    return tidy(fatal === undefined ? lines.slice(-3).join('\n') : withoutPrefix(fatal));
}
/** The lines of a log that tell of trouble, each once, without time and place. */
function lastProblems(output) {
    const lines = output
        .split('\n')
        .filter((line) => /^[WEF]\d{4} .*(?:error|fail|unable|invalid|forbidden)/i.test(line) ||
        /^Unable to /.test(line) ||
        // What keeps a rolling update waiting is said as information.
        /^I\d{4} .*(?:did not pass validation|Cannot evict pod|error when evicting)/.test(line))
        .filter((line) => !/unable to find version information|CA private key was not found/.test(line))
        .map((line) => tidy(withoutPrefix(line)));
    return [...new Set(lines)];
}
/** A line of klog (`W1123 14:04:40.6 18155 executor.go:141] text`) as its text. */
function withoutPrefix(line) {
    return line.replace(/^[IWEF]\d{4} [\d:.]+ +\d+ [\w.-]+:\d+\] /, '');
}
/** Without what changes from call to call and helps nobody but AWS. */
function tidy(text) {
    return text
        .replace(/,? ?(?:https response error )?StatusCode: \d+, RequestID: [^,]*,(?: HostID: [^,]*,)?/g, ',')
        .replace(/ ?\(\d+m?[\d.]*s? ?remaining to succeed\)/g, '')
        .replace(/error fetching (\S+): operation error/, 'operation error')
        .trim();
}


/***/ }),

/***/ 6297:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  findKops: () => (/* reexport */ findKops),
  kopsTarget: () => (/* reexport */ kopsTarget),
  readDeployment: () => (/* reexport */ readDeployment),
  readManifests: () => (/* reexport */ readManifests)
});

// UNUSED EXPORTS: INSTANCE_GROUP_ROLES

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./src/errors.js
var src_errors = __webpack_require__(9973);
// EXTERNAL MODULE: ./src/toolchain/releases.js
var releases = __webpack_require__(6820);
;// CONCATENATED MODULE: ./src/targets/kops/find.js





/** Instance groups by role, and the order of `kops reconcile`. */
const OLDEST = { major: 1, minor: 31 };
/**
 * The kops to use: the one on the PATH, or the version that is asked for, downloaded where the PATH has another.
 * @throws GitOpsError when it is neither there nor can be had
 */
async function findKops(version, options) {
    const wanted = version?.replace(/^v/, '');
    if (wanted !== undefined && !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(wanted))
        throw new src_errors/* GitOpsError */.$(`"${version}" is no version of kops.`, { hint: 'Write it as kops does: 1.36.2.' });
    const env = options.env ?? process.env;
    const program = await onPath(env);
    const found = program === undefined ? undefined : await versionOf(program, options);
    if (program !== undefined && found !== undefined && (wanted === undefined || wanted === found)) {
        refuseOld(found, program);
        options.log.debug(`kops ${found}: ${program}`);
        return program;
    }
    if (wanted === undefined)
        throw new src_errors/* GitOpsError */.$('kops is not on the PATH, and no version of it is asked for.', {
            hint: 'Set kops-version to the version that the cluster is to be updated with, or install kops in an earlier step.'
        });
    refuseOld(wanted, 'kops-version');
    // Loaded here, since a runner that has kops needs it not.
    const { downloadRelease } = await Promise.all(/* import() */[__webpack_require__.e(459), __webpack_require__.e(937), __webpack_require__.e(722)]).then(__webpack_require__.bind(__webpack_require__, 9722));
    return downloadRelease('kops', (0,releases/* kopsRelease */.FJ)(wanted), { log: options.log, env });
}
async function onPath(env) {
    for (const directory of (env['PATH'] ?? '').split(external_node_path_.delimiter)) {
        const file = external_node_path_.join(directory, 'kops');
        if (external_node_path_.isAbsolute(directory) &&
            (await (0,promises_.access)(file, external_node_fs_.constants.X_OK).then(() => true, () => false)))
            return file;
    }
    return undefined;
}
async function versionOf(program, options) {
    const { stdout } = await options.exec(program, ['version', '--short'], { timeout: 20_000 });
    return stdout.trim().replace(/^v/, '');
}
function refuseOld(version, where) {
    const [major = 0, minor = 0] = version.split('.').map(Number);
    if (major > OLDEST.major || (major === OLDEST.major && minor >= OLDEST.minor))
        return;
    throw new src_errors/* GitOpsError */.$(`${where} is kops ${version}, and ${OLDEST.major}.${OLDEST.minor} or newer is needed.`, {
        hint: 'Take a newer one: kops updates clusters of older versions of Kubernetes too.'
    });
}

// EXTERNAL MODULE: ./src/json.js
var json = __webpack_require__(124);
// EXTERNAL MODULE: ./src/render/yaml/index.js + 13 modules
var yaml = __webpack_require__(867);
// EXTERNAL MODULE: ./src/suggest.js
var suggest = __webpack_require__(3850);
// EXTERNAL MODULE: ./src/workspace.js
var workspace = __webpack_require__(85);
;// CONCATENATED MODULE: ./src/targets/kops/files.js





/**
 * The YAML files that names, folders and globs stand for, relative to the checkout, each once, in the order given.
 * @throws GitOpsError when one stands for nothing, or leaves the checkout
 */
async function findFiles(checkout, names) {
    const found = new Set();
    for (const name of names) {
        const files = /[*?[\]{}]/.test(name) ? expand(checkout, name) : await expandPath(checkout, name);
        if (files.length === 0)
            throw new src_errors/* GitOpsError */.$(`"${name}" stands for no YAML file.`, {
                hint: `Paths are relative to the checkout (${checkout}). Is the repository checked out?`
            });
        for (const file of files) {
            (0,workspace/* workspacePath */.X)(checkout, file);
            found.add(file);
        }
    }
    return [...found];
}
function expand(checkout, glob) {
    (0,workspace/* workspacePath */.X)(checkout, (0,workspace/* fixedPart */.s)(glob));
    return (0,external_node_fs_.globSync)(glob, { cwd: checkout }).filter(isYaml).map(slashes).sort();
}
async function expandPath(checkout, name) {
    const absolute = (0,workspace/* workspacePath */.X)(checkout, name);
    const kind = (0,external_node_fs_.statSync)(absolute, { throwIfNoEntry: false });
    if (!kind)
        throw new src_errors/* GitOpsError */.$(`"${name}" does not exist.`, {
            hint: `Paths are relative to the checkout (${checkout}). Is the repository checked out?`
        });
    if (!kind.isDirectory())
        return [slashes(external_node_path_.normalize(name))];
    const entries = await (0,promises_.readdir)(absolute, { withFileTypes: true });
    return entries
        .filter((entry) => entry.isFile() && isYaml(entry.name))
        .map((entry) => slashes(external_node_path_.join(name, entry.name)))
        .sort();
}
function isYaml(file) {
    return /\.(ya?ml|json)$/.test(file);
}
function slashes(file) {
    return file.split(external_node_path_.sep).join('/');
}

;// CONCATENATED MODULE: ./src/targets/kops/places.js


/** Where a field of a declared object stands; the place of the object where its line cannot be told. */
async function placeOfField(checkout, { source }, keys) {
    if (!source)
        return undefined;
    const text = await (0,promises_.readFile)((0,workspace/* workspacePath */.X)(checkout, source.file), 'utf8').catch(() => '');
    return { file: source.file, line: lineOfField(text, source.line, keys) };
}
/**
 * The line of a field, each of its keys looked for below the one before it: enough for a message, and no parser keeps
 * the places of scalars.
 * @param start 1-based line of the first key of the document
 */
function lineOfField(text, start, keys) {
    const lines = text.split('\n');
    const end = lines.findIndex((line, index) => index >= start && /^---(\s|$)/.test(line));
    let [line, column] = [start - 1, 0];
    for (const key of keys) {
        const pattern = new RegExp(`(?:^|[\\s{,-])["']?${key.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}["']?\\s*:(?:\\s|$)`);
        let found = false;
        for (let next = line; next < (end < 0 ? lines.length : end); next++) {
            const rest = withoutComment(lines[next] ?? '').slice(next === line ? column : 0);
            const match = pattern.exec(rest);
            if (!match)
                continue;
            column = (next === line ? column : 0) + match.index + match[0].length;
            line = next;
            found = true;
            break;
        }
        if (!found)
            return start;
    }
    return line + 1;
}
function withoutComment(line) {
    return line.replace(/(^|\s)#.*$/, '$1');
}

;// CONCATENATED MODULE: ./src/targets/kops/roles.js

/** The role of an instance group, as kops' flags call it. */
function roleOf(group) {
    return ROLES.get((0,json/* asString */.oJ)((0,json.at)(group.object, 'spec', 'role')) ?? '') ?? 'node';
}
const ROLES = new Map([
    ['Master', 'control-plane'],
    ['ControlPlane', 'control-plane'],
    ['APIServer', 'apiserver'],
    ['Bastion', 'bastion']
]);
/** The roles that kops 1.36 takes in manifests. Both of the first mean the same. */
const ROLE_NAMES = ['ControlPlane', 'Master', 'Node', 'APIServer', 'Bastion'];
/** What is updated and replaced before the rest, and deleted by people only. */
const CONTROL_PLANE_ROLES = ['control-plane', 'apiserver'];
function isControlPlane(group) {
    return CONTROL_PLANE_ROLES.includes(roleOf(group));
}
function isWithin(limit, group) {
    const { instanceGroups, instanceGroupRoles = [] } = limit;
    return ((instanceGroups.length === 0 || instanceGroups.includes(group.name)) &&
        (instanceGroupRoles.length === 0 || instanceGroupRoles.includes(roleOf(group))));
}
function isLimited(limit) {
    return limit.instanceGroups.length > 0 || (limit.instanceGroupRoles ?? []).length > 0;
}

;// CONCATENATED MODULE: ./src/targets/kops/manifests.js









const CLUSTER_LABEL = 'kops.k8s.io/cluster';
/** The groups and versions that kops 1.36 reads. */
const API_VERSION = /^kops(\.k8s\.io)?\/v1alpha[23]$/;
/**
 * Reads the manifests of one cluster.
 * @throws GitOpsError naming file and line of everything that kops would refuse, or would take for something else
 */
async function readManifests(options) {
    const files = await findFiles(options.checkout, options.manifests);
    const objects = [];
    const problems = [];
    for (const file of files) {
        const text = await (0,promises_.readFile)((0,workspace/* workspacePath */.X)(options.checkout, file), 'utf8');
        for (const { value, line } of (0,yaml/* readYaml */.P)(text, file)) {
            const problem = problemOf(value);
            const kind = KINDS.find((one) => one === (0,json.at)(value, 'kind'));
            const object = (0,json/* asObject */.eB)(value);
            if (problem !== undefined || !kind || !object)
                problems.push({ place: { file, line }, message: problem ?? 'this is no object' });
            else
                objects.push({ kind, name: (0,json/* asString */.oJ)((0,json.at)(object, 'metadata', 'name')) ?? '', object, source: { file, line } });
        }
    }
    for (const one of objects) {
        const problem = wrongRole(one);
        const place = problem === undefined ? undefined : await placeOfField(options.checkout, one, ['spec', 'role']);
        if (problem !== undefined && place)
            problems.push({ place, message: problem });
    }
    const clusters = objects.filter((one) => one.kind === 'Cluster');
    const [cluster] = clusters;
    for (const one of objects) {
        const problem = cluster && misplaced(one, objects, cluster, options.cluster);
        if (problem !== undefined && one.source)
            problems.push({ place: one.source, message: problem });
    }
    refuse(problems);
    if (!cluster)
        throw new src_errors/* GitOpsError */.$(`No Cluster is declared in ${options.manifests.join(', ')}.`, {
            hint: 'Export it once with "kops get all --name NAME -o yaml", and commit what that prints.'
        });
    return {
        cluster,
        instanceGroups: objects.filter((one) => one.kind === 'InstanceGroup'),
        sshCredentials: objects.filter((one) => one.kind === 'SSHCredential')
    };
}
const KINDS = ['Cluster', 'InstanceGroup', 'SSHCredential'];
function problemOf(value) {
    const kind = (0,json/* asString */.oJ)((0,json.at)(value, 'kind'));
    const apiVersion = (0,json/* asString */.oJ)((0,json.at)(value, 'apiVersion'));
    const name = (0,json/* asString */.oJ)((0,json.at)(value, 'metadata', 'name'));
    if (kind === undefined || apiVersion === undefined)
        return 'an object of kops needs apiVersion and kind';
    if (!KINDS.some((one) => one === kind))
        return `the kind ${kind} is none that kops replaces: ${KINDS.join(', ')}. Addons that belong to the cluster are deployed as manifests of their own`;
    if (!API_VERSION.test(apiVersion))
        return `the apiVersion ${apiVersion} is none that kops 1.36 reads (kops.k8s.io/v1alpha2)`;
    if (kind !== 'SSHCredential' && !name)
        return `the ${kind} has no metadata.name`;
    // It becomes a path in the state store and an argument of kops.
    if (name && !/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/.test(name))
        return `the name ${JSON.stringify(name)} must be of lower case letters, digits, dots and dashes`;
    if (kind !== 'SSHCredential' && !(0,json/* asObject */.eB)((0,json.at)(value, 'spec')))
        return `the ${kind} has no spec`;
    return undefined;
}
/** kops names neither the group nor its file. */
function wrongRole(one) {
    if (one.kind !== 'InstanceGroup')
        return undefined;
    const role = (0,json.at)(one.object, 'spec', 'role');
    if (role === undefined || ROLE_NAMES.some((name) => name === role))
        return undefined;
    const meant = typeof role === 'string' ? (0,suggest/* suggest */.ZA)(role, ROLE_NAMES) : undefined;
    return `the InstanceGroup "${one.name}" has the role ${JSON.stringify(role)}, and kops knows ${ROLE_NAMES.join(', ')}${meant === undefined ? '' : `: ${meant} was probably meant`}`;
}
function misplaced(one, all, cluster, expected) {
    if (one.kind === 'Cluster') {
        if (one !== cluster)
            return `a second Cluster: one target is one cluster (the first is ${placeOf(cluster)})`;
        if (!one.name.includes('.'))
            return `the name of the Cluster ("${one.name}") must have a dot, as a DNS name has`;
        if (expected !== undefined && one.name !== expected)
            return `this is the Cluster "${one.name}", but the target is "${expected}": kops cannot rename a cluster`;
        return undefined;
    }
    const label = (0,json/* asString */.oJ)((0,json.at)(one.object, 'metadata', 'labels', CLUSTER_LABEL));
    if (label === undefined)
        return `the ${one.kind} needs the label ${CLUSTER_LABEL}: ${cluster.name}`;
    if (label !== cluster.name)
        return `the ${one.kind} belongs to the cluster "${label}" (label ${CLUSTER_LABEL}), not to "${cluster.name}"`;
    if (one.kind === 'InstanceGroup') {
        const first = all.find((other) => other.kind === 'InstanceGroup' && other.name === one.name);
        if (first && first !== one)
            return `the InstanceGroup "${one.name}" is declared twice (first at ${placeOf(first)})`;
    }
    if (one.kind === 'SSHCredential' && !(0,json/* asString */.oJ)((0,json.at)(one.object, 'spec', 'publicKey')))
        return 'the SSHCredential has no spec.publicKey';
    return undefined;
}
function placeOf(one) {
    return one.source ? `${one.source.file}:${one.source.line}` : 'an unknown place';
}
function refuse(problems) {
    const [first] = problems;
    if (!first)
        return;
    const texts = problems.map(({ place, message }) => `${place.file}:${place.line}: ${message}.`);
    throw new src_errors/* GitOpsError */.$(problems.length === 1 ? (texts[0] ?? '') : `The manifests of the kops cluster have ${problems.length} problems.`, {
        ...(problems.length === 1 ? {} : { details: texts }),
        annotations: problems.map(({ place, message }) => ({ place, message: `${message}.` })),
        hint: 'Nothing was read from the cloud and nothing was written.'
    });
}

;// CONCATENATED MODULE: ./src/targets/kops/access.js





/**
 * Environment with which kops uses the kubeconfig that was given, if any. kops takes the context that is called like the
 * cluster and no other; where that is missing, it gets one beside the file that means the file's current context.
 * @throws GitOpsError when the kubeconfig cannot be read, or names no context to use
 */
async function accessEnvironment(context, cluster) {
    const file = context.options.access.kubeconfig;
    if (file === undefined)
        return {};
    const { name, meant } = contextFor(await readConfig(file), cluster);
    if (name === cluster)
        return { KUBECONFIG: file };
    const { temporary } = context.options;
    await (0,promises_.mkdir)(temporary, { recursive: true });
    const alias = external_node_path_.join(await (0,promises_.mkdtemp)(external_node_path_.join(temporary, 'kops-context-')), 'config');
    const contents = { apiVersion: 'v1', kind: 'Config', contexts: [{ name: cluster, context: meant }] };
    await (0,promises_.writeFile)(alias, (0,json/* stringifyJson */.sd)(contents));
    return { KUBECONFIG: [alias, file].join(external_node_path_.delimiter) };
}
/**
 * The part of a kubeconfig that is about the cluster, as a file that whoever comes next can use by itself: one context, and no
 * path that is relative to the file it came from.
 * @throws GitOpsError when the kubeconfig cannot be read, or names no context to use
 */
async function extractKubeconfig(source, cluster, apiServer) {
    const config = await readConfig(source);
    const { meant } = contextFor(config, cluster);
    const one = (list, entry) => {
        const name = (0,json/* asString */.oJ)((0,json.at)(meant, entry)) ?? '';
        const found = ((0,json/* asList */.DD)((0,json.at)(config, list)) ?? []).find((item) => (0,json/* asString */.oJ)((0,json.at)(item, 'name')) === name);
        const body = Object.entries((0,json/* asObject */.eB)((0,json.at)(found, entry)) ?? {}).map(([key, value]) => {
            const isPath = PATHS.has(key) && typeof value === 'string';
            return [key, isPath ? external_node_path_.resolve(external_node_path_.dirname(source), value) : value];
        });
        return { name, [entry]: Object.fromEntries(body) };
    };
    const server = one('clusters', 'cluster');
    if (apiServer !== undefined)
        server['cluster'] = { ...(0,json/* asObject */.eB)(server['cluster']), server: apiServer };
    return {
        apiVersion: 'v1',
        kind: 'Config',
        'current-context': cluster,
        contexts: [{ name: cluster, context: meant }],
        clusters: [server],
        users: [one('users', 'user')]
    };
}
const PATHS = new Set(['certificate-authority', 'client-certificate', 'client-key', 'tokenFile']);
/** The context that is called like the cluster, or else the current one. */
function contextFor(config, cluster) {
    const contexts = (0,json/* asList */.DD)((0,json.at)(config, 'contexts')) ?? [];
    for (const name of [cluster, (0,json/* asString */.oJ)((0,json.at)(config, 'current-context'))]) {
        const meant = (0,json.at)(contexts.find((one) => (0,json/* asString */.oJ)((0,json.at)(one, 'name')) === name), 'context');
        if (name !== undefined && meant !== undefined)
            return { name, meant };
    }
    throw new src_errors/* GitOpsError */.$(`The kubeconfig has no context "${cluster}", and no current context either.`, {
        hint: 'Name a context like the cluster, or set one with "kubectl config use-context".'
    });
}
async function readConfig(file) {
    let text;
    try {
        text = await (0,promises_.readFile)(file, 'utf8');
    }
    catch (error) {
        throw new src_errors/* GitOpsError */.$(`The kubeconfig cannot be read: ${(0,src_errors/* messageOf */.b)(error)}`);
    }
    try {
        return (0,yaml/* readYaml */.P)(text, 'kubeconfig')[0]?.value;
    }
    catch {
        // Its own words could show part of a credential.
        throw new src_errors/* GitOpsError */.$('The kubeconfig is no YAML.');
    }
}
/**
 * Of the calls that compare and update: kops would otherwise ask the cluster that a kubeconfig of the runner happens to
 * name for the version of its control plane, and plan something else where it can than where it cannot.
 */
const WITHOUT_KUBECONFIG = { KUBECONFIG: '/dev/null' };

;// CONCATENATED MODULE: ./src/targets/kops/arguments.js
function updateArguments(cluster, policy, call) {
    return [
        'update',
        'cluster',
        '--name',
        cluster,
        // A kubeconfig of the runner is nobody's business but the job's.
        '--create-kube-config=false',
        ...(call.yes ? ['--yes'] : []),
        ...(call.prune ? ['--prune'] : []),
        ...list('--instance-group-roles', policy.instanceGroupRoles ?? []),
        ...list('--instance-group', policy.instanceGroups),
        ...list('--lifecycle-overrides', policy.lifecycleOverrides),
        ...(policy.allowDowngrade ? ['--allow-kops-downgrade'] : []),
        ...(policy.ignoreKubeletVersionSkew ? ['--ignore-kubelet-version-skew'] : [])
    ];
}
/** The dry run only asks the cloud: it must not need the Kubernetes API. */
function staleArguments(cluster) {
    return ['rolling-update', 'cluster', '--name', cluster, '--cloudonly'];
}
function rollingUpdateArguments(cluster, policy, access, groups) {
    return [
        'rolling-update',
        'cluster',
        '--name',
        cluster,
        '--yes',
        ...list('--instance-group', groups),
        ...(policy.force ? ['--force'] : []),
        ...(policy.cloudOnly ? ['--cloudonly'] : accessArguments(access)),
        ...value('--control-plane-interval', policy.controlPlaneInterval),
        ...value('--node-interval', policy.nodeInterval),
        ...value('--bastion-interval', policy.bastionInterval),
        ...value('--drain-timeout', policy.drainTimeout),
        ...value('--post-drain-delay', policy.postDrainDelay),
        ...value('--validation-timeout', policy.validationTimeout),
        ...value('--validate-count', policy.validateCount),
        ...flag('--fail-on-drain-error', policy.failOnDrainError),
        ...flag('--fail-on-validate-error', policy.failOnValidateError)
    ];
}
function validateArguments(cluster, policy, access) {
    return [
        'validate',
        'cluster',
        '--name',
        cluster,
        '--output',
        'json',
        '--wait',
        policy.wait,
        ...value('--count', policy.count),
        ...value('--interval', policy.interval),
        ...accessArguments(access)
    ];
}
function exportArguments(cluster, file, lifetime, access) {
    return [
        'export',
        'kubeconfig',
        '--name',
        cluster,
        `--admin=${lifetime}`,
        '--kubeconfig',
        file,
        ...(access.apiServer === undefined ? [] : ['--api-server', access.apiServer])
    ];
}
/** With a kubeconfig, kops is told to use it, and finds it through KUBECONFIG (see access.ts). */
function accessArguments(access) {
    return [
        ...(access.kubeconfig === undefined ? [] : ['--use-kubeconfig']),
        ...(access.apiServer === undefined ? [] : ['--api-server', access.apiServer])
    ];
}
function list(name, values) {
    return values.length === 0 ? [] : [name, values.join(',')];
}
function value(name, given) {
    return given === undefined ? [] : [name, String(given)];
}
function flag(name, given) {
    return given === undefined ? [] : [`${name}=${given}`];
}

;// CONCATENATED MODULE: ./src/targets/kops/dryrun/grammar.js
const HEADERS = {
    created: 'Will create resources:',
    modified: 'Will modify resources:',
    deferred: 'Items will be deleted only when the --prune flag is specified:',
    deleted: 'Items will be deleted during update:'
};
/** In the order in which they are printed. */
const SECTIONS = ['created', 'modified', 'deferred', 'deleted'];
const VERDICTS = {
    changes: 'Must specify --yes to apply changes',
    none: 'No changes need to be applied'
};
/** What a diff line begins with. */
const DIFF_MARKS = { same: '  ', removed: '- ', added: '+ ' };
const SKIPPED = '...';
const INCONSISTENT = '   internal consistency error!';

;// CONCATENATED MODULE: ./src/targets/kops/dryrun/parse.js


/**
 * Reads the report of a dry run. Nothing is guessed: a line that has no place in the grammar is an error, since a plan
 * that leaves something out would be approved for what it is not.
 * @throws GitOpsError naming the line
 */
function parseDryRun(text) {
    // A carriage return is a part of a value: a changed one is a change.
    const lines = text.split('\n');
    const end = lines.findLastIndex((line) => line.trim() !== '');
    const verdict = lines[end] === VERDICTS.none ? 'none' : lines[end] === VERDICTS.changes ? 'changes' : undefined;
    if (verdict === undefined)
        throw unreadable('it does not end with what there is to do', lines.slice(Math.max(0, end - 2), end + 1).join('\n'));
    const { preamble, sections } = splitSections(lines.slice(0, end));
    const result = {
        preamble,
        created: parseTasks(sections.get('created') ?? [], 'created'),
        modified: parseTasks(sections.get('modified') ?? [], 'modified'),
        deferred: (sections.get('deferred') ?? []).flatMap(parseDeletion),
        deleted: (sections.get('deleted') ?? []).flatMap(parseDeletion),
        verdict
    };
    const isEmpty = sections.size === 0;
    if (isEmpty !== (verdict === 'none'))
        throw unreadable('its last line contradicts the rest', lines[end] ?? '');
    return result;
}
/** A header counts only where it may stand: once, and in kops' order. Elsewhere it is text of a value. */
function splitSections(lines) {
    const preamble = [];
    const sections = new Map();
    let next = 0;
    let current = preamble;
    for (const line of lines) {
        const section = SECTIONS.findIndex((name, index) => index >= next && HEADERS[name] === line);
        const name = SECTIONS[section];
        if (name === undefined)
            current.push(line);
        else {
            next = section + 1;
            current = [];
            sections.set(name, current);
        }
    }
    return { preamble: preamble.filter((line) => line.trim() !== ''), sections };
}
// With the flag s: JavaScript takes more for a line end than kops does.
const TASK = /^ {2}([A-Z][A-Za-z0-9]*)\/(.+)$/s;
const FIELD = /^ {2}\t([A-Z][A-Za-z0-9_]*) *\t(.*)$/s;
const FIELD_ALONE = /^ {2}\t([A-Z][A-Za-z0-9_]*) *$/;
const DETAIL = /^ {2}\t {20}\t(.*)$/s;
function parseTasks(lines, section) {
    const drafts = [];
    let last;
    for (const [index, line] of lines.entries()) {
        const field = last?.fields.at(-1);
        if (line === '' && isBetweenTasks(lines[index + 1]))
            continue;
        const [, type, name] = TASK.exec(line) ?? [];
        if (type !== undefined && name !== undefined) {
            last = { type, name, fields: [] };
            drafts.push(last);
            continue;
        }
        if (!last)
            throw unreadable('a line belongs to no task', line);
        if (line === INCONSISTENT) {
            last.inconsistency = [];
            continue;
        }
        if (last.inconsistency) {
            last.inconsistency.push(line.trim());
            continue;
        }
        const detail = DETAIL.exec(line);
        if (detail && field?.alone) {
            field.lines.push(detail[1] ?? '');
            continue;
        }
        const [, fieldName, value] = FIELD.exec(line) ?? [];
        if (fieldName !== undefined && value !== undefined) {
            last.fields.push({ name: fieldName, lines: [value], alone: false });
            continue;
        }
        const [, header] = FIELD_ALONE.exec(line) ?? [];
        if (header !== undefined && section === 'modified') {
            last.fields.push({ name: header, lines: [], alone: true });
            continue;
        }
        // The value of a created task is printed as it is, line ends included.
        if (!field || field.alone || section === 'modified')
            throw unreadable('a line belongs to no field', line);
        field.lines.push(line);
    }
    return drafts.map((draft) => ({
        type: draft.type,
        name: draft.name,
        fields: draft.fields.map((field) => readField(field, section)),
        ...(draft.inconsistency ? { inconsistency: draft.inconsistency } : {})
    }));
}
/** Whether an empty line before this one ends a task, and is no empty line of a value. */
function isBetweenTasks(next) {
    return next === undefined || next === '' || TASK.test(next);
}
function readField({ name, lines, alone }, section) {
    if (section === 'created')
        return { name, kind: 'value', value: lines.join('\n') };
    const diff = alone ? readDiff(lines) : undefined;
    if (diff)
        return { name, kind: 'diff', lines: diff };
    return { name, kind: 'change', ...splitChange(lines.join('\n')) };
}
/** A diff ends with a line end, which leaves an empty last line; undefined when it is a value of several lines. */
function readDiff(lines) {
    if (lines.at(-1) !== '')
        return undefined;
    const diff = [];
    for (const line of lines.slice(0, -1)) {
        const type = ['same', 'removed', 'added'].find((one) => line.startsWith(DIFF_MARKS[one]));
        if (line === SKIPPED)
            diff.push({ type: 'skipped' });
        else if (type)
            diff.push({ type, text: line.slice(2) });
        else
            return undefined;
    }
    return diff;
}
const ARROW = ' -> ';
/** `␠old -> new`. Where the values hold arrows themselves, the middle one is taken: they are mostly alike. */
function splitChange(text) {
    const parts = text.replace(/^ /, '').split(ARROW);
    if (parts.length < 2)
        throw unreadable('a change has no new value', text);
    const middle = Math.floor(parts.length / 2);
    return { before: parts.slice(0, middle).join(ARROW), after: parts.slice(middle).join(ARROW) };
}
function parseDeletion(line) {
    if (line === '')
        return [];
    const [, type, item] = /^ {2}(\S+) +(.*)$/s.exec(line) ?? [];
    if (type === undefined || item === undefined)
        throw unreadable('a line is no deletion', line);
    return [{ type, item }];
}
function unreadable(why, line) {
    return new src_errors/* GitOpsError */.$(`The dry run of kops cannot be read: ${why}.`, {
        // Without the text itself: it may be part of a secret.
        details: [
            `The line has ${line.length} characters and begins with ${JSON.stringify(line.trimStart().slice(0, 12))}.`
        ],
        hint: 'Nothing was written. Is this a kops that is newer than 1.36? Please report it with the version of kops.'
    });
}

;// CONCATENATED MODULE: ./src/targets/kops/rolling.js

/**
 * Reads the table: columns by their header, which has changed over the years, cells between tabs.
 * @throws GitOpsError when there is none
 */
function parseRollingUpdate(text) {
    const lines = text.split('\n').map((line) => line.trimEnd());
    const start = lines.findIndex((line) => /^NAME\t+STATUS\t/.test(line));
    if (start < 0) {
        // A cluster without instances has no table.
        if (/No rolling-update required/.test(text))
            return [];
        throw new src_errors/* GitOpsError */.$('The list of instances that kops rolling-update prints cannot be read.', {
            hint: 'Please report it with the version of kops.'
        });
    }
    const cells = (line) => line.split(/\t+/);
    const columns = cells(lines[start] ?? '');
    const column = (row, name) => row[columns.indexOf(name)] ?? '';
    const groups = [];
    for (const line of lines.slice(start + 1)) {
        if (line === '')
            break;
        const row = cells(line);
        groups.push({
            name: column(row, 'NAME'),
            needUpdate: Number(column(row, 'NEEDUPDATE')) || 0,
            ready: Number(column(row, 'READY')) || 0
        });
    }
    return groups;
}

;// CONCATENATED MODULE: ./src/targets/kops/cloud.js




/**
 * What `kops update cluster` would do, from the cluster's own store or a shadow. Writes nothing.
 *
 * kops looks for extra rules of one security group while it still finds the others; when it is faster with the first, it
 * leaves its extra rules out without a word, and the same dry run says something else the next time. Its log tells when
 * that happened: then it is asked again.
 */
async function dryRun(context, cluster, what, state) {
    const { kops, options } = context;
    // Of all instance groups: a change that an option leaves out is still there.
    const unlimited = { ...options.update, instanceGroups: [], instanceGroupRoles: [] };
    const args = [...updateArguments(cluster, unlimited, { yes: false }), ...TELL_SKIPPED];
    const seen = [];
    for (;;) {
        const { stdout, stderr } = await kops.run({
            what,
            args,
            env: WITHOUT_KUBECONFIG,
            timeout: options.timeout,
            ...(state === undefined ? {} : { state })
        });
        const report = parseDryRun(stdout);
        // A group that is yet to be created is found by no attempt; with it, kops looks for no extra rules at all.
        const isComplete = !cloud_SKIPPED.test(stderr) || report.created.some((task) => task.type === 'SecurityGroup');
        if (isComplete)
            return report;
        seen.push(report);
        options.log.debug('kops left out what it would delete of a security group: it is asked again');
        if (seen.length < ATTEMPTS)
            continue;
        options.log.warning('kops did not look at all rules of the security groups: extra rules may be missing in this plan.');
        return { ...report, deferred: united(seen), ...(united(seen).length > 0 ? { verdict: 'changes' } : {}) };
    }
}
/** Makes kops tell (in one file of its sources) what it leaves out. */
const TELL_SKIPPED = ['--vmodule=securitygroup=4'];
const cloud_SKIPPED = /Deletion skipping find of SecurityGroupRule/;
const ATTEMPTS = 6;
function united(reports) {
    const all = reports.flatMap((report) => report.deferred);
    return [...new Map(all.map((one) => [`${one.type} ${one.item}`, one])).values()];
}
/** Instance groups with the number of instances that run with an older launch template. Asks the cloud only. */
async function groupStatuses(context, cluster) {
    const { kops, options } = context;
    const { stdout } = await kops.run({
        what: 'Looking for instances that run with an older configuration',
        args: staleArguments(cluster),
        timeout: options.timeout
    });
    return parseRollingUpdate(stdout);
}

// EXTERNAL MODULE: ./src/toolchain/exec.js
var exec = __webpack_require__(9635);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
;// CONCATENATED MODULE: ./src/targets/kops/redact.js

const HIDDEN = '(hidden)';
/** Environment variables whose values kops puts into user data and manifests, or that must never be shown anyway. */
const SECRET_VARIABLE = /(SECRET|TOKEN|PASSWORD|PASSWD|ACCESS_KEY|API_KEY|CREDENTIAL)/i;
/** Shorter values would hide words of every text. */
const SHORTEST = 8;
const SECRET_KEY = /^([\s"'-]*)((?:[\w.-]*(?:secret|password|passwd|private[-_]?key|access[-_]?key|api[-_]?key|credentials?)|(?:[\w.-]*[-_.])?token|auth|[\w.-]*[a-z]Token)["']?\s*[:=]\s*)(\S.*)$/i;
/** Values of such keys that are settings: `secretStore: s3://…`, `encryptionSecret: true`, references. */
const HARMLESS = /^["']?(?:true|false|null|\d+[smhd]?|required|optional|[a-z0-9]+:\/\/[^@\s]*|\/[\w./-]*|)["']?,?$/i;
const NAMED = /^[\s-]*["']?name["']?\s*:\s*["']?([\w.-]+)/i;
const VALUE = /^(\s*["']?value["']?\s*:\s*)(\S.*)$/i;
/**
 * Takes secrets out of texts that kops prints: values of the environment, private keys, values of keys that are called
 * so. Of a file, line after line, so that an environment variable's value is known by the name before it.
 */
class Redactor {
    #values;
    #key;
    constructor(env, key) {
        this.#values = Object.entries(env)
            .filter(([name, value]) => SECRET_VARIABLE.test(name) && (value ?? '').length >= SHORTEST)
            .map(([, value]) => value ?? '')
            // A value that holds another one must go first.
            .sort((a, b) => b.length - a.length);
        this.#key = key;
    }
    /** Lines of one text, in order. */
    lines(lines) {
        let named = false;
        let inKey = false;
        return lines.map((line) => {
            if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(line))
                inKey = true;
            const ends = /-----END [A-Z ]*PRIVATE KEY-----/.test(line);
            const hideAll = inKey;
            if (ends)
                inKey = false;
            if (hideAll)
                return HIDDEN;
            const value = named ? VALUE.exec(line) : undefined;
            named = SECRET_VARIABLE.test(NAMED.exec(line)?.[1] ?? '');
            if (value)
                return `${value[1]}${HIDDEN}`;
            return this.#line(line);
        });
    }
    text(text) {
        return this.lines(text.split('\n')).join('\n');
    }
    /** A value that is secret as a whole. */
    secret(text) {
        return { type: 'secret', fingerprint: (0,external_node_crypto_.createHmac)('sha256', this.#key).update(text).digest('hex').slice(0, 16) };
    }
    #line(line) {
        let text = line;
        for (const value of this.#values)
            text = text.replaceAll(value, HIDDEN);
        text = text
            .replace(/\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g, HIDDEN)
            .replace(/\beyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]*/g, HIDDEN)
            .replace(/(:\/\/[^/\s:@]+:)[^/\s@]+@/g, `$1${HIDDEN}@`);
        const [, indent = '', key, value = ''] = SECRET_KEY.exec(text) ?? [];
        return key === undefined || HARMLESS.test(value) ? text : `${indent}${key}${HIDDEN}`;
    }
}

;// CONCATENATED MODULE: ./src/targets/kops/store/state-store.js

/**
 * The store behind kops' state: S3 (and what speaks its protocol through S3_ENDPOINT), or a folder. Undefined for the
 * others: there nothing is locked and no deployment is recorded.
 */
async function openStateStore(state, env) {
    const [, scheme, place = ''] = /^([a-z0-9]+):\/\/(.*)$/.exec(state) ?? [];
    if (scheme === undefined || place === '')
        throw new src_errors/* GitOpsError */.$(`The state store "${state}" is none.`, {
            hint: 'Write it as kops does: s3://bucket, s3://bucket/folder, gs://bucket, …'
        });
    if (scheme === 's3') {
        const { openS3Store } = await Promise.all(/* import() */[__webpack_require__.e(265), __webpack_require__.e(733)]).then(__webpack_require__.bind(__webpack_require__, 1733));
        const [bucket = '', ...folders] = place.replace(/\/+$/, '').split('/');
        return openS3Store({ bucket, prefix: folders.join('/'), env });
    }
    if (scheme === 'file') {
        const { openFolderStore } = await __webpack_require__.e(/* import() */ 583).then(__webpack_require__.bind(__webpack_require__, 2583));
        return openFolderStore(place);
    }
    return undefined;
}

// EXTERNAL MODULE: ./src/targets/kops/explain.js
var explain = __webpack_require__(8762);
;// CONCATENATED MODULE: ./src/targets/kops/tool.js


/** A kops of one cluster and one state store. */
class Kops {
    #file;
    #state;
    #redactor;
    #exec;
    #log;
    #env;
    #signal;
    constructor(options) {
        this.#file = options.file;
        this.#state = options.state;
        this.#redactor = options.redactor;
        this.#exec = options.exec;
        this.#log = options.log;
        this.#env = options.env;
        this.#signal = options.signal;
    }
    /**
     * Runs kops.
     * @throws GitOpsError with kops' own reason and what to do; secrets are taken out
     */
    async run(call) {
        const stopper = new AbortController();
        const hopeless = new Map();
        let gaveUp = false;
        const onLine = (line) => {
            this.#progress(line, call);
            if (gaveUp || !isHopeless(line, hopeless, call))
                return;
            gaveUp = true;
            stopper.abort();
        };
        const signal = this.#signal ? AbortSignal.any([this.#signal, stopper.signal]) : stopper.signal;
        const printed = [];
        let result;
        try {
            result = await this.#exec(this.#file, [...call.args, '--state', call.state ?? this.#state], {
                env: { ...this.#env, ...call.env, KOPS_STATE_STORE: undefined, KOPS_CLUSTER_NAME: undefined },
                allowFailure: true,
                signal,
                onLine: (line) => {
                    printed.push(line);
                    onLine(line);
                },
                ...(call.timeout === undefined ? {} : { timeout: call.timeout }),
                ...(call.writes ? { patience: 8000 } : {})
            });
        }
        catch (error) {
            this.#signal?.throwIfAborted();
            if (gaveUp)
                throw (0,explain/* explainFailure */.SP)(call.what, this.#redactor.text(printed.join('\n')));
            throw new src_errors/* GitOpsError */.$(`${call.what} failed: ${this.#redactor.text((0,src_errors/* messageOf */.b)(error))}`, {
                ...(error instanceof src_errors/* GitOpsError */.$ && error.hint !== undefined ? { hint: error.hint } : {}),
                details: this.#redactor.lines(printed.slice(-5)),
                cause: error
            });
        }
        if (gaveUp || (result.code !== 0 && !call.allowFailure))
            throw (0,explain/* explainFailure */.SP)(call.what, this.#redactor.text(`${result.stdout}\n${result.stderr}`));
        return result;
    }
    /** A run that writes or waits takes long: what kops says about it is passed on. */
    #progress(line, call) {
        const text = this.#redactor.text((0,explain/* withoutPrefix */.Z7)(line));
        if (text === '' || /FeatureFlag|ParseFlags|^Tasks: \d+ done/.test(text))
            return;
        // What it prints otherwise is a report that may hold secrets: that is read, not shown.
        if (!/^[IWEF]\d{4} /.test(line))
            return;
        // Details of every rule, asked for by a dry run.
        if (/^I.* securitygroup\.go:\d+\] /.test(line))
            return;
        if (call.writes || call.waits)
            this.#log.info(`kops: ${text}`);
        else
            this.#log.debug(`kops: ${text}`);
    }
}
/** How often a dry run may stumble over the same thing: kops itself tries for 10 minutes. */
const PATIENCE = 3;
/** Whether kops is busy repeating what cannot succeed. A dry run waits for nothing; a write may wait for AWS. */
function isHopeless(line, seen, call) {
    const [, task, reason = ''] = /error running task "([^"]+)" \([^)]*\): (.*)$/.exec(line) ?? [];
    if (task === undefined)
        return false;
    if (/field is immutable|may not be changed/.test(reason))
        return true;
    const times = (seen.get(task) ?? 0) + 1;
    seen.set(task, times);
    return !call.writes && times >= PATIENCE;
}

;// CONCATENATED MODULE: ./src/targets/kops/context.js




/** @throws GitOpsError when the state store is none */
async function openContext(options) {
    const given = options.env ?? process.env;
    const redactor = new Redactor(given, options.secretKey);
    const env = (0,exec/* withoutInputs */.i)(given);
    return {
        options,
        redactor,
        env,
        kops: kopsOf(options, redactor, env),
        store: await openStateStore(options.state, env),
        now: options.now ?? (() => new Date())
    };
}
/** The same, ended by one more signal. */
function withSignal(context, signal) {
    const { redactor, env } = context;
    const both = context.options.signal ? AbortSignal.any([context.options.signal, signal]) : signal;
    const options = { ...context.options, signal: both };
    return { ...context, options, kops: kopsOf(options, redactor, env) };
}
function kopsOf(options, redactor, env) {
    return new Kops({
        file: options.kops,
        state: options.state,
        redactor,
        exec: options.exec,
        log: options.log,
        env,
        ...(options.signal ? { signal: options.signal } : {})
    });
}

;// CONCATENATED MODULE: ./src/targets/kops/dryrun/values.js
/** Entries of a map as kops prints it (`{a: 1, b: 2}`, in random order), sorted; undefined for anything else. */
function readMap(text) {
    if (!text.startsWith('{') || !text.endsWith('}') || text.startsWith('{"'))
        return undefined;
    const inner = text.slice(1, -1);
    if (inner === '')
        return new Map();
    const entries = [];
    for (const part of inner.split(', ')) {
        const colon = part.indexOf(': ');
        if (colon > 0)
            entries.push([part.slice(0, colon), part.slice(colon + 2)]);
        else
            return undefined;
    }
    const map = new Map(entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
    return map.size === entries.length ? map : undefined;
}
/** A printed value as a reader and a digest want it: numbers and booleans as such, maps in one order. */
function readValue(text) {
    if (text === 'true' || text === 'false')
        return text === 'true';
    if (/^-?\d{1,15}$/.test(text) && String(Number(text)) === text)
        return Number(text);
    const map = readMap(text);
    if (map)
        return Object.fromEntries(map);
    // A map that cannot be told apart still has the same parts in any order.
    if (text.startsWith('{') && text.endsWith('}'))
        return `{${text.slice(1, -1).split(', ').sort().join(', ')}}`;
    return text;
}

;// CONCATENATED MODULE: ./src/targets/kops/dryrun/changes.js

/** What a dry run says, as changes of a plan. */
function changesOf(dryRun, options) {
    const { redactor, prune } = options;
    return [
        ...dryRun.created.map((task) => change('create', task, redactor)),
        ...dryRun.modified.filter((task) => !isNoise(task)).map((task) => change('update', task, redactor)),
        ...inOrder(dryRun.deleted).map((deletion) => removal(deletion)),
        ...inOrder(dryRun.deferred).map((deletion) => ({
            ...removal(deletion),
            reason: prune
                ? 'It is deleted after the instances have been replaced (prune).'
                : 'kops deletes it only with prune, which is off.',
            ...(prune ? {} : { healable: false })
        }))
    ];
}
/** kops sorts tasks, but prints deletions as it happens to find them: one plan would have several digests. */
function inOrder(deletions) {
    const key = ({ type, item }) => `${type}/${item}`;
    return deletions.toSorted((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}
/** Deletions that wait for prune, and nothing else. */
function onlyDeferred(dryRun) {
    return (dryRun.created.length === 0 &&
        dryRun.deleted.length === 0 &&
        dryRun.modified.every(isNoise) &&
        dryRun.deferred.length > 0);
}
/** Whether applying would change anything that a plan shows, deferred deletions left out. */
function isQuiet(dryRun) {
    return dryRun.created.length === 0 && dryRun.deleted.length === 0 && dryRun.modified.every(isNoise);
}
/** The bookkeeping of the stored object (`kops replace` counts it up), and nothing else of it. */
const BOOKKEEPING = /^\s*(?:generation: \d+|creationTimestamp: .*)$/;
function isNoise(task) {
    return (task.type === 'ManagedFile' &&
        task.inconsistency === undefined &&
        task.fields.length > 0 &&
        task.fields.every((field) => field.kind === 'diff' &&
            field.lines.every((line) => line.type === 'skipped' || line.type === 'same' || BOOKKEEPING.test(line.text))));
}
function change(action, task, redactor) {
    return {
        action,
        resource: { id: `${task.type}/${task.name}`, kind: task.type, name: task.name },
        fields: task.fields.flatMap((field) => fieldChanges(task, field, redactor)),
        ...(task.inconsistency
            ? { reason: 'kops finds it changed, but cannot say in which field (its "internal consistency error").' }
            : {})
    };
}
function removal(deletion) {
    return {
        action: 'delete',
        resource: { id: `${deletion.type}/${deletion.item}`, kind: deletion.type, name: deletion.item },
        fields: []
    };
}
/** User data carries the credentials of the state store when that is not AWS's own S3. */
const SECRET_FIELD = /^UserData$|secret|password|token|privatekey/i;
const SECRET_TYPES = new Set(['Secret', 'MirrorSecrets']);
/** Fields whose name says secret and whose values are settings. */
const OPEN_FIELDS = new Set(['HTTPTokens', 'SecretStore']);
function fieldChanges(task, field, redactor) {
    const hidden = SECRET_TYPES.has(task.type) || (SECRET_FIELD.test(field.name) && !OPEN_FIELDS.has(field.name));
    const path = field.name;
    if (field.kind === 'diff') {
        const before = side(field.lines, 'removed');
        const after = side(field.lines, 'added');
        if (hidden)
            return [{ path, before: redactor.secret(before.join('\n')), after: redactor.secret(after.join('\n')) }];
        return [{ path, before: textValue(redactor.lines(before)), after: textValue(redactor.lines(after)) }];
    }
    const before = field.kind === 'value' ? '<nil>' : field.before;
    const after = field.kind === 'value' ? field.value : field.after;
    if (hidden)
        return [{ path, before: secretValue(before, redactor), after: secretValue(after, redactor) }];
    const [old, wanted] = [readMap(before), readMap(after)];
    if (field.kind === 'change' && old && wanted)
        return [...new Set([...old.keys(), ...wanted.keys()])]
            .sort()
            .filter((key) => old.get(key) !== wanted.get(key))
            .map((key) => ({
            path: `${path}[${JSON.stringify(key)}]`,
            before: shown(old.get(key), redactor, key),
            after: shown(wanted.get(key), redactor, key)
        }));
    return [{ path, before: shown(before, redactor), after: shown(after, redactor) }];
}
function side(lines, type) {
    return lines.flatMap((line) => line.type === 'skipped' ? ['...'] : line.type === 'same' || line.type === type ? [line.text] : []);
}
function textValue(lines) {
    return lines.length === 0 ? { type: 'absent' } : { type: 'value', value: lines.join('\n') };
}
function secretValue(text, redactor) {
    return text === '<nil>' ? { type: 'absent' } : redactor.secret(text);
}
function shown(text, redactor, key) {
    if (text === undefined || text === '<nil>' || text === 'id:<nil>')
        return { type: 'absent' };
    // As a line of a file, so that a key that says secret is known by the same rule.
    const safe = key === undefined ? redactor.text(text) : redactor.text(`${key}: ${text}`).slice(key.length + 2);
    return { type: 'value', value: readValue(safe) };
}

// EXTERNAL MODULE: ./src/toolchain/tools.js
var tools = __webpack_require__(1051);
;// CONCATENATED MODULE: ./src/targets/kops/kubeconfig.js




/** Writes a kubeconfig with an administrator's certificate of its own, readable by nobody else, valid for `lifetime`. */
async function exportKubeconfig(context, cluster, file, lifetime) {
    // kops keeps the mode of a file that is there.
    await (0,promises_.writeFile)(file, '', { mode: 0o600 });
    await context.kops.run({
        what: 'Exporting a kubeconfig',
        args: exportArguments(cluster, file, lifetime, context.options.access)
    });
    await (0,promises_.chmod)(file, 0o600);
}
/** What targets that depend on the cluster are given: of the kubeconfig that reaches it, if one was given; else a new one. */
async function handOnKubeconfig(context, cluster, file, lifetime) {
    const { kubeconfig, apiServer } = context.options.access;
    if (kubeconfig === undefined)
        return exportKubeconfig(context, cluster, file, lifetime);
    const content = (0,json/* stringifyJson */.sd)(await extractKubeconfig(kubeconfig, cluster, apiServer));
    await (0,promises_.writeFile)(file, content, { mode: 0o600 });
}

;// CONCATENATED MODULE: ./src/targets/kops/instance-groups.js





/**
 * Removes an instance group that Git no longer has: its nodes take no more pods, their pods move on as their disruption
 * budgets allow, then kops deletes the group. kops by itself would end the instances at once.
 */
async function removeInstanceGroup(context, cluster, group, directory) {
    const { kops, options } = context;
    if (options.rollingUpdate.cloudOnly)
        options.log.warning(`The nodes of ${group.name} are not drained: the Kubernetes API is not to be used (cloud only).`);
    else
        await drain(context, cluster, group, directory);
    await kops.run({
        what: `Deleting the instance group ${group.name}`,
        args: ['delete', 'instancegroup', group.name, '--name', cluster, '--yes'],
        writes: true
    });
}
async function drain(context, cluster, group, directory) {
    const { options } = context;
    const { kubeconfig: given, apiServer } = options.access;
    const exported = external_node_path_.join(directory, 'kubeconfig');
    if (given === undefined)
        await exportKubeconfig(context, cluster, exported, '1h');
    const env = given === undefined ? { KUBECONFIG: exported } : await accessEnvironment(context, cluster);
    const kubectl = await (0,tools/* findTool */.S)('kubectl', { exec: options.exec, log: options.log, env: context.env });
    // By its name: the current context of a kubeconfig may be of another cluster, with groups of the same names.
    const base = [
        '--context',
        cluster,
        ...(given === undefined || apiServer === undefined ? [] : ['--server', apiServer])
    ];
    const selector = `kops.k8s.io/instancegroup=${group.name}`;
    const run = async (args, what) => {
        try {
            return await options.exec(kubectl, [...base, ...args], {
                env: { ...context.env, ...env },
                onLine: (line) => options.log.info(`kubectl: ${line}`),
                ...(options.signal ? { signal: options.signal, patience: 8000 } : {})
            });
        }
        catch (error) {
            throw new src_errors/* GitOpsError */.$(`${what} failed: ${context.redactor.text((0,src_errors/* messageOf */.b)(error))}`, {
                hint: `The instance group ${group.name} was not deleted. A pod disruption budget that allows no disruption holds its pods; a re-run goes on here.`
            });
        }
    };
    const { stdout } = await run(['get', 'nodes', '-l', selector, '-o', 'name'], `Listing the nodes of ${group.name}`);
    if (stdout.trim() === '')
        return;
    await run(['cordon', '-l', selector], `Cordoning the nodes of ${group.name}`);
    await run([
        'drain',
        '-l',
        selector,
        '--ignore-daemonsets',
        '--delete-emptydir-data',
        `--timeout=${options.rollingUpdate.drainTimeout ?? '15m'}`
    ], `Draining the nodes of ${group.name}`);
}

;// CONCATENATED MODULE: ./src/targets/kops/record.js


const HISTORY = 10;
/**
 * Where we keep what we know about a cluster. Beside the cluster's own folder, not in it: `kops delete cluster` refuses
 * to delete a folder that holds what it does not know.
 */
const OUR_FOLDER = 'gitops-actions';
function recordKey(cluster) {
    return `${OUR_FOLDER}/${cluster}/record.json`;
}
/**
 * What was deployed last.
 * @throws GitOpsError when the record is damaged
 */
async function readRecord(store, cluster) {
    const found = await store.read(recordKey(cluster));
    return found && parseRecord(found.text, recordKey(cluster));
}
/** Writes what is being, or was, deployed; what was there before becomes history, unless it is the same deployment. */
async function writeRecord(store, cluster, record) {
    // The lock is ours: nobody else writes meanwhile, but for one whose lock we took over.
    for (let attempt = 0; attempt < 3; attempt++) {
        const found = await store.read(recordKey(cluster));
        const before = found && readable(found.text);
        const text = `${(0,json/* stringifyJson */.sd)({ format: 1, ...record, history: historyOf(record, before) }, 2)}\n`;
        const written = found
            ? await store.replace(recordKey(cluster), text, found.version)
            : await store.create(recordKey(cluster), text);
        if (written !== undefined)
            return;
    }
    throw new src_errors/* GitOpsError */.$(`The record of the deployment of "${cluster}" could not be written: somebody else keeps writing it.`);
}
function historyOf(record, before) {
    if (!before)
        return [];
    const { history, ...last } = before;
    const isSame = last.time === record.time && last.digest === record.digest;
    return (isSame ? [...history] : [last, ...history]).slice(0, HISTORY);
}
function readable(text) {
    try {
        return parseRecord(text, '');
    }
    catch {
        return undefined;
    }
}
function parseRecord(text, key) {
    let value;
    try {
        value = (0,json/* parseJson */.qF)(text);
    }
    catch {
        throw damaged(key);
    }
    const record = one(value);
    if (!record || (0,json.at)(value, 'format') !== 1)
        throw damaged(key);
    const history = ((0,json/* asList */.DD)((0,json.at)(value, 'history')) ?? []).map(one).filter((entry) => entry !== undefined);
    return { ...record, history };
}
function one(value) {
    const object = (0,json/* asObject */.eB)(value);
    const [target, environment, digest, time] = ['target', 'environment', 'digest', 'time'].map((key) => (0,json/* asString */.oJ)(object?.[key]));
    const status = ['succeeded', 'failed', 'in-progress'].find((word) => word === object?.['status']);
    if (!object || target === undefined || environment === undefined)
        return undefined;
    if (digest === undefined || time === undefined || !status)
        return undefined;
    return { target, environment, digest, time, status, images: {}, ...optional(object) };
}
function optional(object) {
    return Object.fromEntries(['repository', 'revision', 'run']
        .map((key) => [key, (0,json/* asString */.oJ)(object[key])])
        .filter(([, value]) => value !== undefined));
}
function damaged(key) {
    return new src_errors/* GitOpsError */.$(`The record of what was deployed (${key} in the state store) is damaged.`, {
        hint: 'A deploy writes it anew.'
    });
}

;// CONCATENATED MODULE: ./src/targets/kops/lock.js




/** How long a holder is believed that says nothing any more. */
const LEASE = 10 * 60_000;
/** How often a holder says that it is still there. */
const RENEWAL = 2 * 60_000;
/**
 * Keeps two runs from changing one cluster at once: kops itself has no lock (kubernetes/kops#5086). An object that is
 * only written where there is none; one whose holder died is taken over when its time has run out.
 * @throws GitOpsError saying who holds it
 */
async function acquireLock(options) {
    const { store, cluster, log, now } = options;
    const key = `${OUR_FOLDER}/${cluster}/lock.json`;
    const id = (0,external_node_crypto_.randomUUID)();
    const since = now().toISOString();
    let expires = 0;
    const text = () => {
        expires = now().getTime() + LEASE;
        return (0,json/* stringifyJson */.sd)({ id, since, expires: new Date(expires).toISOString(), ...options.holder });
    };
    let version = (await store.create(key, text())) ?? (await takeOver());
    // Of what the store is known to hold; a renewal that failed does not count.
    let believed = expires;
    let isRenewing = false;
    const lost = new AbortController();
    const renewal = setInterval(() => void renew(), RENEWAL);
    renewal.unref();
    return {
        signal: lost.signal,
        async release() {
            clearInterval(renewal);
            try {
                if (!lost.signal.aborted)
                    await store.remove(key, version);
            }
            catch (error) {
                log.warning(`The lock of "${cluster}" could not be given back; it runs out in ${LEASE / 60_000} minutes: ${(0,src_errors/* messageOf */.b)(error)}`);
            }
        }
    };
    async function takeOver() {
        const found = await store.read(key);
        if (!found)
            return (await store.create(key, text())) ?? refuse(undefined);
        const held = lock_readable(found.text);
        // One that cannot be read never ends by itself: it is taken over.
        const until = Date.parse((0,json/* asString */.oJ)((0,json.at)(held, 'expires')) ?? '');
        if (until > now().getTime())
            return refuse(held);
        log.warning(`The lock of "${cluster}" is taken over: ${describe(held)} did not give it back.`);
        return (await store.replace(key, text(), found.version)) ?? refuse(undefined);
    }
    function refuse(held) {
        throw new src_errors/* GitOpsError */.$(`The cluster "${cluster}" is locked by ${describe(held)}.`, {
            hint: `Nothing was written. Wait until that run has ended; a run that died loses the lock after ${LEASE / 60_000} minutes. A concurrency group for the workflow keeps runs from meeting here.`
        });
    }
    async function renew() {
        if (now().getTime() >= believed)
            return lose('could not be renewed in time');
        if (isRenewing || lost.signal.aborted)
            return;
        isRenewing = true;
        try {
            const next = await store.replace(key, text(), version);
            if (next === undefined)
                return lose('was taken over by another run');
            version = next;
            believed = expires;
        }
        catch (error) {
            // Tried again before the time has run out; then another run may take it over at any moment.
            if (now().getTime() + RENEWAL >= believed)
                return lose('could not be renewed in time');
            log.debug(`the lock of ${cluster} could not be renewed: ${(0,src_errors/* messageOf */.b)(error)}`);
        }
        finally {
            isRenewing = false;
        }
    }
    function lose(how) {
        clearInterval(renewal);
        lost.abort(new src_errors/* GitOpsError */.$(`The lock of the cluster "${cluster}" ${how}: this run stops here.`, {
            hint: 'Run it again when no other one is under way: it goes on where this one stopped.'
        }));
    }
}
function describe(held) {
    const run = (0,json/* asString */.oJ)((0,json.at)(held, 'run'));
    const since = (0,json/* asString */.oJ)((0,json.at)(held, 'since'));
    return `${run === undefined ? 'another run' : `the run ${run}`}${since === undefined ? '' : ` since ${since}`}`;
}
function lock_readable(text) {
    try {
        return (0,json/* parseJson */.qF)(text);
    }
    catch {
        return undefined;
    }
}

// EXTERNAL MODULE: ./src/duration.js
var duration = __webpack_require__(8770);
;// CONCATENATED MODULE: ./src/targets/kops/json-stream.js

/** JSON documents that follow one another without a separator; what cannot be read is left out. */
function parseJsonStream(text) {
    const documents = [];
    let depth = 0;
    let start = -1;
    let inString = false;
    for (let index = 0; index < text.length; index++) {
        const character = text[index];
        if (inString) {
            if (character === '\\')
                index++;
            else if (character === '"')
                inString = false;
        }
        else if (character === '"' && depth > 0)
            inString = true;
        else if (character === '{' || character === '[') {
            if (depth === 0)
                start = index;
            depth++;
        }
        else if ((character === '}' || character === ']') && depth > 0) {
            depth--;
            if (depth > 0)
                continue;
            try {
                documents.push((0,json/* parseJson */.qF)(text.slice(start, index + 1)));
            }
            catch {
                // A line of a log that happens to hold brackets.
            }
        }
    }
    return documents;
}

;// CONCATENATED MODULE: ./src/targets/kops/stored.js

/**
 * Reads a cluster from a state store; undefined when there is none.
 * @throws GitOpsError when the store cannot be read
 */
async function readStored(kops, cluster) {
    const args = ['get', 'all', '--name', cluster, '--output', 'json'];
    const what = `Reading the cluster "${cluster}" from the state store`;
    const result = await kops.run({ args, what, allowFailure: true });
    if (result.code !== 0) {
        if (new RegExp(`"${cluster.replaceAll('.', '\\.')}" not found`).test(result.stderr))
            return undefined;
        await kops.run({ args, what });
        return undefined;
    }
    const objects = ((0,json/* asList */.DD)((0,json/* parseJson */.qF)(result.stdout)) ?? []).map(json/* asObject */.eB).filter((one) => one !== undefined);
    const found = objects.find((one) => one['kind'] === 'Cluster');
    if (!found)
        return undefined;
    return {
        cluster: objectOf('Cluster', found),
        instanceGroups: objects
            .filter((one) => one['kind'] === 'InstanceGroup')
            .map((one) => objectOf('InstanceGroup', one)),
        addons: objects.filter((one) => one['kind'] !== 'Cluster' && one['kind'] !== 'InstanceGroup')
    };
}
function objectOf(kind, object) {
    return { kind, name: (0,json/* asString */.oJ)((0,json.at)(object, 'metadata', 'name')) ?? '', object };
}
/**
 * Where a cluster keeps keys, secrets and what its nodes read: where kops looks for it in this version of the API, which
 * leaves out the name that the other version has.
 */
function configBaseOf(object) {
    return (0,json/* asString */.oJ)((0,json.at)(object, 'spec', ...(isNewest(object) ? ['configStore', 'base'] : ['configBase'])));
}
function isNewest(object) {
    return (0,json/* asString */.oJ)(object['apiVersion'])?.endsWith('/v1alpha3') === true;
}
/** A copy that says where its config base is: left out, kops takes the store that the object happens to lie in. */
function withConfigBase(object, base) {
    if (configBaseOf(object) !== undefined)
        return object;
    const spec = (0,json/* asObject */.eB)(object['spec']) ?? {};
    const added = isNewest(object)
        ? { ...spec, configStore: { ...((0,json/* asObject */.eB)(spec['configStore']) ?? {}), base } }
        : { ...spec, configBase: base };
    return { ...object, spec: added };
}
/** An object without what the store keeps about it: when two of these are equal, nothing needs to be replaced. */
function content(object) {
    const metadata = (0,json/* asObject */.eB)(object['metadata']) ?? {};
    const kept = Object.fromEntries(Object.entries(metadata).filter(([key]) => key === 'name' || key === 'labels' || key === 'annotations'));
    return { ...object, metadata: kept };
}
/** The leaves of a value; items of a list go by their name where they all have one. */
function leavesOf(value, path = '') {
    if (value === undefined)
        return [];
    if ((0,json/* isObject */.Gv)(value) && Object.keys(value).length > 0)
        return Object.entries(value).flatMap(([key, child]) => leavesOf(child, step(path, key)));
    const items = (0,json/* asList */.DD)(value);
    if (items?.some(json/* isObject */.Gv))
        return items.flatMap((item, index) => leavesOf(item, itemPath(path, items, index)));
    return [{ path, value }];
}
function step(path, key) {
    if (!/^[A-Za-z_][\w-]*$/.test(key))
        return `${path}[${JSON.stringify(key)}]`;
    return path === '' ? key : `${path}.${key}`;
}
function itemPath(path, items, index) {
    const names = items.map((item) => (0,json/* asString */.oJ)((0,json.at)(item, 'name')));
    const unique = names.every((name) => name !== undefined) && new Set(names).size === names.length;
    return unique ? `${path}[name=${names[index]}]` : `${path}[${index}]`;
}

;// CONCATENATED MODULE: ./src/targets/kops/shadow.js






/** Runs `work` with an empty shadow, which is gone afterwards. */
async function withShadow(options, work) {
    await (0,promises_.mkdir)(options.temporary, { recursive: true });
    const directory = await (0,promises_.mkdtemp)(external_node_path_.join(options.temporary, 'kops-shadow-'));
    removeAtExit(directory);
    const store = external_node_path_.join(directory, 'store');
    await (0,promises_.mkdir)(store);
    try {
        return await work({
            state: `file://${store}`,
            async write(name, objects) {
                const file = external_node_path_.join(directory, name);
                await (0,promises_.writeFile)(file, documents(objects.map((one) => based(one, options.configBase))));
                return file;
            },
            async fill(stored) {
                const home = external_node_path_.join(store, options.cluster);
                await (0,promises_.mkdir)(external_node_path_.join(home, 'instancegroup'), { recursive: true });
                await (0,promises_.writeFile)(external_node_path_.join(home, 'config'), documents([based(stored.cluster, options.configBase)]));
                for (const group of stored.instanceGroups)
                    await (0,promises_.writeFile)(external_node_path_.join(home, 'instancegroup', group.name), documents([group.object]));
                if (stored.addons.length === 0)
                    return;
                await (0,promises_.mkdir)(external_node_path_.join(home, 'clusteraddons'));
                await (0,promises_.writeFile)(external_node_path_.join(home, 'clusteraddons', 'default'), documents(stored.addons));
            },
            async read() {
                const home = external_node_path_.join(store, options.cluster);
                const cluster = await readObject('Cluster', external_node_path_.join(home, 'config'));
                // A cluster may have no groups yet.
                const names = await (0,promises_.readdir)(external_node_path_.join(home, 'instancegroup')).catch(() => []);
                const groups = names.sort().map((name) => readObject('InstanceGroup', external_node_path_.join(home, 'instancegroup', name)));
                return { cluster, instanceGroups: await Promise.all(groups) };
            }
        });
    }
    finally {
        await (0,promises_.rm)(directory, { recursive: true, force: true });
        directories.delete(directory);
    }
}
const directories = new Set();
let isListening = false;
/** A process that ends while kops still works would leave its shadow behind. */
function removeAtExit(directory) {
    directories.add(directory);
    if (isListening)
        return;
    isListening = true;
    process.once('exit', () => {
        for (const one of directories)
            (0,external_node_fs_.rmSync)(one, { recursive: true, force: true });
    });
}
/** Waits for both, also when one fails: what works on a shadow ends before anybody goes on without it. */
async function together(one, other) {
    await Promise.allSettled([one, other]);
    return Promise.all([one, other]);
}
async function readObject(kind, file) {
    const object = (0,json/* asObject */.eB)((0,yaml/* readYaml */.P)(await (0,promises_.readFile)(file, 'utf8'), file)[0]?.value);
    if (!object)
        throw new Error(`kops keeps no ${kind} in ${file}`);
    return objectOf(kind, object);
}
function based(one, configBase) {
    return one.kind === 'Cluster' ? withConfigBase(one.object, configBase) : one.object;
}
/** JSON is YAML; between two documents kops wants the separator on a line of its own. */
function documents(objects) {
    return objects.map((object) => `${(0,json/* stringifyJson */.sd)(object, 2)}\n`).join('\n---\n\n');
}

;// CONCATENATED MODULE: ./src/targets/kops/steps.js











/** The steps of an apply, each one call of kops that can be repeated. */
/** Writes objects to the state store: those that differ and no others, since kops counts every replacement. */
async function replaceObjects(context, directory, objects) {
    if (objects.length === 0)
        return;
    const file = external_node_path_.join(directory, 'replace.yaml');
    await (0,promises_.writeFile)(file, documents(objects.map((one) => content(one.object))), { mode: 0o600 });
    await context.kops.run({
        what: `Replacing ${objects.map((one) => `${one.kind} ${one.name}`).join(', ')} in the state store`,
        args: ['replace', '--force', '-f', file],
        writes: true
    });
}
/** @param call.within only these groups or roles; default: as the options say */
async function updateCloud(context, cluster, call) {
    const { kops, options } = context;
    const { within, prune = false } = call;
    await kops.run({
        what: within ? 'Updating the control plane' : prune ? 'Deleting what is left over' : 'Updating the cloud',
        args: updateArguments(cluster, { ...options.update, ...within }, { yes: true, prune }),
        env: WITHOUT_KUBECONFIG,
        writes: true
    });
}
/**
 * Replaces instances that run with an older launch template; nothing where there are none.
 * @param among names of groups that may be touched
 * @param done groups whose instances this run has replaced: with force, that is enough
 * @returns the groups whose instances were replaced
 */
async function rollInstances(context, cluster, among, done) {
    const { kops, options } = context;
    const { rollingUpdate, access } = options;
    const statuses = await groupStatuses(context, cluster);
    const groups = statuses
        .filter((group) => among.includes(group.name) && (group.needUpdate > 0 || (rollingUpdate.force && !done.has(group.name))))
        .map((group) => group.name);
    if (groups.length === 0)
        return [];
    await kops.run({
        what: `Replacing the instances of ${groups.join(', ')}`,
        args: rollingUpdateArguments(cluster, rollingUpdate, access, groups),
        env: await accessEnvironment(context, cluster),
        writes: true
    });
    return groups;
}
/** A validation that failed, with what kops found. */
class Unhealthy extends Error {
    resources;
    explained;
    constructor(explained, resources) {
        super(explained.message);
        this.explained = explained;
        this.resources = resources;
    }
}
const steps_PATIENCE = 5 * 60_000;
/** @throws Unhealthy */
async function validateCluster(context, cluster) {
    const { kops, options, redactor } = context;
    const result = await kops.run({
        what: 'Validating the cluster',
        args: validateArguments(cluster, options.validate, options.access),
        env: await accessEnvironment(context, cluster),
        // It ends by itself, unless the API takes its calls and never answers.
        timeout: ((0,duration/* parseDuration */.E)(options.validate.wait) ?? 0) + steps_PATIENCE,
        waits: true,
        allowFailure: true
    });
    if (result.code === 0)
        return;
    // With --wait, kops prints a document for each attempt, one right after the other.
    const last = parseJsonStream(result.stdout).at(-1);
    const failures = (0,json/* asList */.DD)((0,json.at)(last, 'failures')) ?? [];
    const explained = (0,explain/* explainFailure */.SP)('Validating the cluster', redactor.text(`${result.stdout}\n${result.stderr}`));
    throw new Unhealthy(explained, failures.map((failure) => unhealthy(failure, (text) => redactor.text(text))));
}
function unhealthy(failure, safe) {
    const kind = (0,json/* asString */.oJ)((0,json.at)(failure, 'type')) ?? 'Cluster';
    const name = (0,json/* asString */.oJ)((0,json.at)(failure, 'name')) ?? '';
    return {
        resource: { id: `${kind}/${name}`, kind, name },
        status: 'Degraded',
        message: safe((0,json/* asString */.oJ)((0,json.at)(failure, 'message')) ?? 'not healthy'),
        events: [],
        logs: []
    };
}

;// CONCATENATED MODULE: ./src/targets/kops/apply.js













/**
 * Executes a plan in the order of `kops reconcile`: the control plane first, its instances, then the rest; then it
 * looks whether anything is left to do. Every step can be repeated, so a run that was interrupted is finished by the
 * next one.
 */
async function executePlan(context, planned) {
    const { options, now } = context;
    const started = now();
    const outcome = (status, results, failure) => ({
        target: options.id,
        status,
        results,
        ...(failure ? { failure } : {}),
        seconds: Math.max(0, now().getTime() - started.getTime()) / 1000
    });
    const record = recordOf(context, planned, started);
    let lock;
    const done = new Done();
    try {
        lock = await lockCluster(context, planned);
        await refuseChangedStore(context, planned);
        const locked = lock ? withSignal(context, lock.signal) : context;
        if (!isNothingToDo(planned)) {
            await save(context, planned, { ...record, status: 'in-progress' });
            await execute(locked, planned, done);
        }
        else if (await isUnfinished(context, planned))
            await validateStep(locked, planned);
        await save(context, planned, { ...record, status: 'succeeded' });
        return outcome('succeeded', resultsOf(planned, done, undefined));
    }
    catch (error) {
        const isCancelled = options.signal?.aborted === true;
        // Whatever fails after the lock is lost fails because of that.
        const failure = failureOf(lock?.signal.aborted ? lock.signal.reason : error);
        // Without the lock, the record belongs to the run that has it.
        if (lock && !lock.signal.aborted && !isNothingToDo(planned))
            await save(context, planned, { ...record, status: 'failed' }).catch((problem) => options.log.warning(`What became of the deployment could not be recorded: ${(0,src_errors/* messageOf */.b)(problem)}`));
        return outcome(isCancelled ? 'cancelled' : 'failed', resultsOf(planned, done, failure.message), failure);
    }
    finally {
        await lock?.release();
    }
}
/** What has been done so far. */
class Done {
    replaced = false;
    updated = false;
    pruned = false;
    rolled = new Set();
    removed = new Set();
    /** Ids of what the last dry run still wanted to change. */
    left = new Set();
}
async function execute(context, planned, done) {
    const { options } = context;
    const { log, update, rollingUpdate, signal } = options;
    const cluster = planned.declared.cluster.name;
    await (0,promises_.mkdir)(options.temporary, { recursive: true });
    const directory = await (0,promises_.mkdtemp)(external_node_path_.join(options.temporary, 'kops-'));
    const step = async (title, work) => {
        signal?.throwIfAborted();
        return log.group(title, work);
    };
    try {
        await step('Replace in the state store', () => replaceObjects(context, directory, planned.replacements));
        done.replaced = true;
        if (!update.enabled)
            return;
        const groups = rolledGroups(planned, rollingUpdate);
        const isUpdate = planned.stored !== undefined;
        if (isUpdate && rollingUpdate.enabled && concernsControlPlane(planned, groups.controlPlane)) {
            // New kubelets must not meet an older control plane (kubernetes/kops#16907).
            const within = controlPlaneOf(planned, update);
            if (within)
                await step('Update the control plane', () => updateCloud(context, cluster, { within }));
            await step('Replace instances of the control plane', () => roll(context, cluster, groups.controlPlane, done));
        }
        await step('Update the cloud', () => updateCloud(context, cluster, {}));
        done.updated = true;
        if (isUpdate && rollingUpdate.enabled)
            await step('Replace instances', () => roll(context, cluster, groups.all, done));
        await validateStep(context, planned);
        for (const group of planned.removals) {
            await step(`Remove the instance group ${group.name}`, () => removeInstanceGroup(context, cluster, group, directory));
            done.removed.add(group.name);
        }
        const report = await step('Look for what is left', () => finish(context, cluster, planned, done));
        done.left = new Set(changesOf(report, { redactor: context.redactor, prune: update.prune }).map((one) => one.resource.id));
        refuseRest(context, report);
    }
    finally {
        await (0,promises_.rm)(directory, { recursive: true, force: true });
    }
}
async function validateStep(context, planned) {
    const { validate, update, log, signal } = context.options;
    signal?.throwIfAborted();
    if (validate.enabled && update.enabled)
        await log.group('Validate the cluster', () => validateCluster(context, planned.declared.cluster.name));
}
/** Whether the last run did all there was to do, but not to its end: then the cluster may not have become healthy. */
async function isUnfinished(context, planned) {
    if (!context.store)
        return false;
    // A damaged one is written anew.
    const last = await readRecord(context.store, planned.declared.cluster.name).catch(() => undefined);
    return last !== undefined && last.status !== 'succeeded';
}
async function roll(context, cluster, groups, done) {
    for (const group of await rollInstances(context, cluster, groups, done.rolled))
        done.rolled.add(group);
}
/**
 * The last dry run. What only the removal of groups or the replacement of instances made possible is done now: addons
 * that list the groups, deferred deletions.
 */
async function finish(context, cluster, planned, done) {
    const what = 'Looking for what is left to do';
    const { update } = context.options;
    let report = await dryRun(context, cluster, what);
    if (planned.removals.length > 0 && !isQuiet(report)) {
        await updateCloud(context, cluster, {});
        report = await dryRun(context, cluster, what);
    }
    // kops may leave out rules of security groups when it deletes, too (see `dryRun`): what it left is there again.
    for (let attempt = 0; update.prune && report.deferred.length > 0 && attempt < PRUNINGS; attempt++) {
        await updateCloud(context, cluster, { prune: true });
        done.pruned = true;
        report = await dryRun(context, cluster, what);
    }
    return report;
}
const PRUNINGS = 4;
/** @throws GitOpsError when kops would still change something that it was to change */
function refuseRest(context, report) {
    const { update, log } = context.options;
    if (report.deferred.length > 0 && !update.prune)
        log.info(`${report.deferred.length} deletions wait for prune.`);
    if (isQuiet(report) && (report.deferred.length === 0 || !update.prune))
        return;
    const left = changesOf(report, { redactor: context.redactor, prune: update.prune });
    const names = left.map((one) => one.resource.id);
    if (isLimited(update)) {
        const limits = [...update.instanceGroups, ...(update.instanceGroupRoles ?? [])];
        log.warning(`Left to do, since the update is limited to ${limits.join(', ')}: ${names.join(', ')}.`);
        return;
    }
    throw new src_errors/* GitOpsError */.$(`kops was applied, but would still change ${names.slice(0, 5).join(', ')}${names.length > 5 ? ` and ${names.length - 5} more` : ''}.`, {
        hint: 'Something changes it back, or the cloud refuses it. Look at the fields in a new plan.',
        details: left.slice(0, 20).map((one) => `${one.resource.id}: ${one.fields.map((field) => field.path).join(', ')}`)
    });
}
/** What is not there to be healed is nothing to do. */
function isNothingToDo(planned) {
    return planned.plan.changes.every((change) => change.healable === false);
}
async function lockCluster(context, planned) {
    const { store, options, now } = context;
    const { log, source, state } = options;
    const cluster = planned.declared.cluster.name;
    if (!store) {
        log.warning(`${state.split(':')[0]}:// cannot be locked: give the workflow a concurrency group for "${cluster}".`);
        return undefined;
    }
    const holder = {
        ...(source.run === undefined ? {} : { run: source.run }),
        ...(source.revision === undefined ? {} : { revision: source.revision })
    };
    return acquireLock({ store, cluster, holder, log, now });
}
/** @throws GitOpsError when somebody wrote the state store between plan and lock */
async function refuseChangedStore(context, planned) {
    const now = await readStored(context.kops, planned.declared.cluster.name);
    const text = (stored) => stored && (0,json/* canonicalJson */.dj)([stored.cluster.object, ...stored.instanceGroups.map((group) => group.object)]);
    if (text(now) === text(planned.stored))
        return;
    throw new src_errors/* GitOpsError */.$('The state store was changed while this run was planning.', {
        hint: 'Nothing was written. Run it again: it plans anew.'
    });
}
/** Names of the groups whose instances may be replaced. */
function rolledGroups(planned, limit) {
    const groups = allGroups(planned).filter((group) => isWithin(limit, group));
    const names = (list) => [...new Set(list.map((group) => group.name))];
    return { controlPlane: names(groups.filter(isControlPlane)), all: names(groups) };
}
/** The part of an update that is the control plane; undefined where its limits leave that out. */
function controlPlaneOf(planned, limit) {
    if (limit.instanceGroups.length === 0) {
        const roles = limit.instanceGroupRoles ?? [];
        const wanted = CONTROL_PLANE_ROLES.filter((role) => roles.length === 0 || roles.includes(role));
        return wanted.length === 0 ? undefined : { instanceGroups: [], instanceGroupRoles: wanted };
    }
    const names = rolledGroups(planned, limit).controlPlane;
    return names.length === 0 ? undefined : { instanceGroups: names };
}
function allGroups(planned) {
    return [...(planned.stored?.instanceGroups ?? []), ...planned.declared.instanceGroups];
}
function concernsControlPlane(planned, groups) {
    return planned.plan.changes.some((change) => change.action === 'restart' && groups.includes(change.resource.name));
}
function recordOf(context, planned, started) {
    const { id, environment, source } = context.options;
    return {
        target: id,
        environment,
        digest: planned.plan.declaredDigest,
        images: {},
        time: started.toISOString(),
        ...(source.repository === undefined ? {} : { repository: source.repository }),
        ...(source.revision === undefined ? {} : { revision: source.revision }),
        ...(source.run === undefined ? {} : { run: source.run })
    };
}
async function save(context, planned, record) {
    if (context.store)
        await writeRecord(context.store, planned.declared.cluster.name, record);
}
function failureOf(error) {
    const isUnhealthy = error instanceof Unhealthy;
    const known = isUnhealthy ? error.explained : error;
    const resources = isUnhealthy ? error.resources : [];
    if (!(known instanceof src_errors/* GitOpsError */.$))
        return { message: (0,src_errors/* messageOf */.b)(known), resources };
    // What is unhealthy says why by itself.
    const details = resources.length > 0 ? [] : known.details.map((line) => `- ${line}`);
    return {
        message: [known.message, ...details].join('\n'),
        ...(known.hint === undefined ? {} : { hint: known.hint }),
        resources
    };
}
/** What became of every change of the plan. */
function resultsOf(planned, done, problem) {
    return planned.plan.changes.map((change) => {
        const result = (action, message) => ({
            resource: change.resource,
            action,
            ...(message === undefined ? {} : { message })
        });
        if (change.healable === false)
            return result('skipped', change.reason);
        if (isDone(change, change.resource, done))
            return result(DONE[change.action] ?? 'updated');
        return problem === undefined ? result('skipped') : result('skipped', 'The run ended before it.');
    });
}
const DONE = {
    create: 'created',
    update: 'updated',
    replace: 'replaced',
    delete: 'pruned',
    restart: 'restarted'
};
const STORED = new Set(['Cluster', 'InstanceGroup', 'SSHCredential']);
function isDone(change, resource, done) {
    if (resource.kind === 'InstanceGroup' && change.action === 'delete')
        return done.removed.has(resource.name);
    if (resource.kind === 'Instances')
        return done.rolled.has(resource.name);
    if (STORED.has(resource.kind))
        return done.replaced;
    return done.updated && !done.left.has(resource.id);
}

// EXTERNAL MODULE: ./src/render/digest.js
var digest = __webpack_require__(1061);
// EXTERNAL MODULE: ./src/targets/plan.js
var plan = __webpack_require__(7998);
;// CONCATENATED MODULE: ./src/targets/kops/attribution.js

/**
 * Drifted changes with who made them, as far as anybody can know: neither kops nor the cloud's state says who. The state
 * store says when its objects were written, and that a kops updated the cloud after our last deploy; both are candidates
 * and no proof. What was changed in the cloud itself is unknown: that stands in the cloud's own audit log.
 */
async function attributed(context, cluster, changes) {
    const { store } = context;
    if (!store || changes.length === 0)
        return changes.map((change) => ({ ...change, attribution: UNKNOWN }));
    const update = await lastUpdate(store, cluster);
    return Promise.all(changes.map(async (change) => {
        const key = storedAt(cluster, change);
        const actor = key === undefined ? update : await writer(store, key);
        return { ...change, attribution: actor ? { known: false, candidates: [actor] } : UNKNOWN };
    }));
}
const UNKNOWN = { known: false, candidates: [] };
/** Where the state store keeps what a change is about; undefined for what lies in the cloud. */
function storedAt(cluster, { resource }) {
    if (resource.kind === 'Cluster')
        return `${cluster}/config`;
    if (resource.kind === 'InstanceGroup')
        return `${cluster}/instancegroup/${resource.name}`;
    return undefined;
}
async function writer(store, key) {
    const written = await store.written(key).catch(() => undefined);
    return (written && {
        manager: `whoever wrote ${key} in the state store${written.owner === undefined ? '' : ` (account ${written.owner})`}`,
        time: written.time
    });
}
/** A `kops update cluster --yes` after what we did last: kops notes its version then. */
async function lastUpdate(store, cluster) {
    const key = `${cluster}/kops-version.txt`;
    const [noted, ours, version] = await Promise.all([
        store.written(key),
        store.written(recordKey(cluster)),
        store.read(key)
    ]).catch(() => []);
    if (!noted || !ours || Date.parse(noted.time) <= Date.parse(ours.time))
        return undefined;
    return { manager: `kops ${version?.text.trim() ?? ''} update cluster`, time: noted.time };
}

;// CONCATENATED MODULE: ./src/targets/kops/known-fields.js
/**
 * The fields of `spec` in kops.k8s.io/v1alpha2, as of kops 1.36: to tell what a misspelt one was meant to be, and an old
 * one that kops reads and drops from a misspelt one. One that is missing here is no error if kops keeps it.
 */
const KNOWN_FIELDS = {
    Cluster: words(`
    channel addons configBase cloudProvider gossipConfig containerRuntime kubernetesVersion subnets project
    masterPublicName masterInternalName networkCIDR additionalNetworkCIDRs networkID topology secretStore
    keyStore configStore dnsZone dnsControllerGossipConfig additionalSans clusterDNSDomain serviceClusterIPRange
    podCIDR nonMasqueradeCIDR sshAccess nodePortAccess egressProxy sshKeyName kubernetesApiAccess isolateMasters
    updatePolicy externalPolicies additionalPolicies fileAssets etcdClusters docker containerd kubeDNS
    kubeAPIServer kubeControllerManager cloudControllerManager kubeScheduler kubeProxy kubelet masterKubelet
    cloudConfig externalDns ntp packages nodeTerminationHandler nodeProblemDetector metricsServer certManager
    awsLoadBalancerController networking api authentication authorization nodeAuthorization cloudLabels hooks
    assets iam encryptionConfig DisableSubnetTags target useHostCertificates sysctlParameters rollingUpdate
    clusterAutoscaler warmPool serviceAccountIssuerDiscovery snapshotController karpenter podIdentityWebhook
  `),
    InstanceGroup: words(`
    manager role image minSize maxSize autoscale autoscalePriority machineType rootVolumeSize rootVolumeType
    rootVolumeIops rootVolumeThroughput rootVolumeOptimization rootVolumeDeleteOnTermination
    rootVolumeEncryption rootVolumeEncryptionKey volumes volumeMounts subnets zones hooks maxPrice
    spotDurationInMinutes cpuCredits associatePublicIp additionalSecurityGroups cloudLabels nodeLabels
    fileAssets tenancy kubelet taints mixedInstancesPolicy capacityRebalance additionalUserData suspendProcesses
    externalLoadBalancers detailedInstanceMonitoring iam securityGroupOverride instanceProtection
    sysctlParameters rollingUpdate instanceInterruptionBehavior compressUserData instanceMetadata updatePolicy
    warmPool containerd packages guestAccelerators maxInstanceLifetime gcpProvisioningModel
  `),
    SSHCredential: ['publicKey']
};
function words(text) {
    return text.trim().split(/\s+/);
}

;// CONCATENATED MODULE: ./src/targets/kops/unknown-fields.js






/** kops reads what it knows and says nothing about the rest: what it did not keep of the manifests. */
function unknownFields(declared, kept) {
    const groups = new Map(kept.instanceGroups.map((group) => [group.name, group.object]));
    return [declared.cluster, ...declared.instanceGroups].flatMap((object) => {
        const known = object.kind === 'Cluster' ? kept.cluster.object : groups.get(object.name);
        // Another version of the API has other names for the same.
        if (!known || unknown_fields_versionOf(known) !== unknown_fields_versionOf(object.object))
            return [];
        return missing(object, (0,json.at)(object.object, 'spec'), (0,json.at)(known, 'spec'), { path: 'spec', keys: ['spec'] });
    });
}
function missing(object, given, kept, where) {
    if (isNothing(given))
        return [];
    if ((0,json/* isObject */.Gv)(given) && (0,json/* isObject */.Gv)(kept))
        return Object.entries(given).flatMap(([key, value]) => {
            const below = { path: unknown_fields_step(where.path, key), keys: [...where.keys, key] };
            const there = kept[key];
            if (there !== undefined)
                return missing(object, value, there, below);
            return isNothing(value) ? [] : [{ object, ...below, ...judged(object, key, given, kept, where) }];
        });
    const [items, others] = [(0,json/* asList */.DD)(given), (0,json/* asList */.DD)(kept)];
    if (!items || !others || !items.some(json/* isObject */.Gv))
        return [];
    return items.flatMap((item, index) => {
        const path = itemPath(where.path, items, index);
        const twin = others.find((_, other) => itemPath(where.path, others, other) === path);
        return twin === undefined ? [] : missing(object, item, twin, { path, keys: where.keys });
    });
}
/** Whether it is misspelt: its neighbours are the fields that kops kept, and at the top those that kops has. */
function judged(object, key, given, kept, where) {
    const isTop = where.path === 'spec';
    const known = isTop && unknown_fields_versionOf(object.object) === 'v1alpha2' ? KNOWN_FIELDS[object.kind] : [];
    // One that kops has and drops all the same is an old one, without effect any more.
    if (known.includes(key))
        return { sure: false };
    const candidates = [...known, ...Object.keys(kept)];
    const same = candidates.find((one) => letters(one) === letters(key));
    if (same !== undefined)
        return { meant: same, sure: true };
    const near = (0,suggest/* suggest */.ZA)(key, candidates.filter((one) => isTop || !(one in given)));
    // A field of a newer kops may be like another one.
    const isSlip = near !== undefined && key.length >= 5 && (0,suggest/* editDistance */.YC)(letters(key), letters(near)) <= 2;
    return isSlip ? { meant: near, sure: known.includes(near) } : { sure: false };
}
function letters(key) {
    return key.toLowerCase().replace(/[-_]/g, '');
}
function unknown_fields_versionOf(object) {
    return (0,json/* asString */.oJ)((0,json.at)(object, 'apiVersion'))?.split('/')[1];
}
function unknown_fields_step(path, key) {
    return /^[A-Za-z_][\w-]*$/.test(key) ? `${path}.${key}` : `${path}[${JSON.stringify(key)}]`;
}
/** What kops leaves out when it writes. */
function isEmpty(value) {
    return (value === null ||
        value === false ||
        value === 0 ||
        value === '' ||
        ((0,json/* isObject */.Gv)(value) && Object.keys(value).length === 0) ||
        (0,json/* asList */.DD)(value)?.length === 0);
}
function isNothing(value) {
    return leavesOf(value).every((leaf) => isEmpty(leaf.value));
}
/** `kops knows no field spec.maxsize in the InstanceGroup "nodes": did you mean maxSize?` */
function wordsOf({ object, path, meant, sure }) {
    const start = `${object.kind} "${object.name}": `;
    const question = meant === undefined ? '' : ` Did you mean ${meant}?`;
    if (sure)
        return `${start}kops knows no field ${path}.${question}`;
    return `${start}kops does not keep the field ${path}: it has no effect.${question || ' Is it misspelt, or of another version of kops?'}`;
}
/**
 * Warns of fields without effect on their lines.
 * @param options.refuse whether a field that is surely misspelt is an error: not where drift is looked for
 * @throws GitOpsError for such fields
 */
async function reportUnknown(fields, options) {
    const errors = [];
    for (const field of fields) {
        const place = await placeOfField(options.checkout, field.object, field.keys);
        if (field.sure && options.refuse && place)
            errors.push({ place, message: wordsOf(field) });
        else
            options.log.warning(wordsOf(field), place);
    }
    const [first] = errors;
    if (!first)
        return;
    const texts = errors.map(({ place, message }) => `${place.file}:${place.line}: ${message}`);
    throw new src_errors/* GitOpsError */.$(errors.length === 1 ? (texts[0] ?? '') : `${errors.length} fields of the manifests are none of kops'.`, {
        ...(errors.length === 1 ? {} : { details: texts }),
        annotations: errors,
        hint: 'Nothing was written. kops would leave the field out without a word, and its default would hold.'
    });
}

;// CONCATENATED MODULE: ./src/targets/kops/desired.js





/**
 * What a cluster that does not exist yet would be: the manifests, and what kops assigns when it creates (CIDRs, …).
 */
async function desiredNew(declared, means) {
    const made = await replaced(declared, undefined, means);
    return {
        cluster: withoutAddedBase(made.cluster, declared, undefined),
        instanceGroups: made.instanceGroups,
        dropped: unknownFields(declared, made)
    };
}
/**
 * What the state store is to hold for the manifests, told by kops itself: it replaces them in two shadow stores. Over a
 * copy of the store, that gives the manifests in kops' own form (and its refusal of what cannot be changed); in an empty
 * one, also what it assigns at creation. What was assigned then, and no manifest speaks of, stays.
 */
async function desiredExisting(declared, stored, means) {
    const copy = replaced(declared, stored, means);
    // Where nothing seems to differ, the empty one is mostly not needed, and waiting for the other costs nothing: the dry
    // run beside it takes longer.
    const alone = seemsEqual(declared, stored) && holdsAll((await copy).cluster.object, stored.cluster.object);
    // Both to their end, also when one fails: each has a shadow that is to be removed.
    const [over, fresh] = await together(copy, alone ? undefined : replaced(declared, undefined, means));
    const assigned = fresh ? assignedPaths(fresh.cluster.object, over.cluster.object) : new Set();
    const cluster = keepAssigned(over.cluster.object, stored.cluster.object, assigned);
    const names = new Set(declared.instanceGroups.map((group) => group.name));
    return {
        cluster: withoutAddedBase(objectOf('Cluster', cluster), declared, stored),
        instanceGroups: over.instanceGroups.filter((group) => names.has(group.name)),
        dropped: unknownFields(declared, over)
    };
}
/** The shadow needs the config base in the Cluster; a store whose Cluster never had it does not. */
function withoutAddedBase(made, declared, stored) {
    if (configBaseOf(declared.cluster.object) !== undefined)
        return made;
    if (stored && configBaseOf(stored.cluster.object) !== undefined)
        return made;
    const { configBase: _, ...spec } = (0,json/* asObject */.eB)(made.object['spec']) ?? {};
    return { ...made, object: { ...made.object, spec } };
}
/** What a store holds after `kops replace --force` of the manifests. */
async function replaced(declared, stored, means) {
    const { kops, temporary, configBase } = means;
    const name = declared.cluster.name;
    return withShadow({ temporary, cluster: name, configBase }, async (shadow) => {
        if (stored)
            await shadow.fill(stored);
        // An SSHCredential is written through the config base, which is the real one.
        const file = await shadow.write('declared.yaml', [declared.cluster, ...declared.instanceGroups]);
        await kops.run({ state: shadow.state, what: 'Reading the manifests', args: ['replace', '--force', '-f', file] });
        return shadow.read();
    });
}
/** Whether nothing needs to be replaced, as far as that can be told without asking kops. */
function seemsEqual(declared, stored) {
    const groups = new Map(stored.instanceGroups.map((group) => [group.name, group.object]));
    if (groups.size !== declared.instanceGroups.length)
        return false;
    return [declared.cluster, ...declared.instanceGroups].every((one) => {
        const live = one.kind === 'Cluster' ? stored.cluster.object : groups.get(one.name);
        if (!live)
            return false;
        const leaves = new Map(leavesOf(content(live)).map((leaf) => [leaf.path, (0,json/* canonicalJson */.dj)(leaf.value)]));
        return leavesOf(content(one.object)).every((leaf) => {
            const there = leaves.get(leaf.path);
            if (there === undefined)
                return isEmpty(leaf.value);
            return (there === (0,json/* canonicalJson */.dj)(leaf.value) ||
                (leaf.path === 'spec.role' && roleOf(one) === roleOf({ ...one, object: live })));
        });
    });
}
/** Whether no leaf of `stored` is missing: then nothing that kops assigned has to be kept. */
function holdsAll(over, stored) {
    const there = new Set(leavesOf(content(over)).map((leaf) => leaf.path));
    return leavesOf(content(stored)).every((leaf) => there.has(leaf.path));
}
function assignedPaths(fresh, over) {
    const there = new Set(leavesOf(content(over)).map((leaf) => leaf.path));
    return new Set(leavesOf(content(fresh))
        .map((leaf) => leaf.path)
        .filter((path) => !there.has(path)));
}
/** `wanted` with those leaves of `stored` that kops assigned and `wanted` leaves out. */
function keepAssigned(wanted, stored, assigned) {
    const merged = merge(wanted, stored, '', assigned);
    return (0,json/* asObject */.eB)(merged) ?? wanted;
}
function merge(wanted, stored, path, assigned) {
    if (wanted === undefined && stored !== undefined && !(0,json/* isObject */.Gv)(stored))
        return assigned.has(path) ? stored : undefined;
    if ((0,json/* isObject */.Gv)(stored) && (wanted === undefined || (0,json/* isObject */.Gv)(wanted))) {
        const result = { ...(wanted ?? {}) };
        for (const [key, value] of Object.entries(stored)) {
            const [leaf] = leavesOf({ [key]: null });
            const below = leaf
                ? path === ''
                    ? leaf.path
                    : leaf.path.startsWith('[')
                        ? path + leaf.path
                        : `${path}.${leaf.path}`
                : path;
            const child = merge(wanted?.[key], value, below, assigned);
            if (child !== undefined)
                result[key] = child;
        }
        return wanted === undefined && Object.keys(result).length === 0 ? undefined : result;
    }
    const [items, others] = [(0,json/* asList */.DD)(wanted), (0,json/* asList */.DD)(stored)];
    if (!items || !others || !items.some(json/* isObject */.Gv))
        return wanted;
    return items.map((item, index) => {
        const place = itemPath(path, items, index);
        const twin = others.find((_, other) => itemPath(path, others, other) === place);
        return merge(item, twin, place, assigned) ?? item;
    });
}

;// CONCATENATED MODULE: ./src/targets/kops/guard.js



/**
 * Where the cluster keeps its keys and secrets. A manifest may say it, but not change it: a pull request that does would
 * make a preview read, and a deploy write, somewhere else.
 * @throws GitOpsError when the manifest names another place
 */
function checkedConfigBase(declared, stored, state) {
    const { cluster } = declared;
    const own = `${state.replace(/\/+$/, '')}/${cluster.name}`;
    const expected = (stored && configBaseOf(stored.cluster.object)) ?? own;
    const where = cluster.source ? `${cluster.source.file}:${cluster.source.line}: ` : '';
    const given = configBaseOf(cluster.object);
    if (given !== undefined && normal(given) !== normal(expected))
        throw new src_errors/* GitOpsError */.$(`${where}the Cluster "${cluster.name}" has the config base ${given}, but ${stored ? 'that of the cluster is' : 'in this state store it is'} ${expected}.`, {
            hint: 'Nothing was written. Leave the config base as it is: kops cannot move it, nor a cluster to another state store.'
        });
    for (const [path, place] of storesOf(cluster.object)) {
        const now = stored && storesOf(stored.cluster.object).find(([other]) => other === path)?.[1];
        const within = isBelow(normal(place), normal(expected));
        if (normal(place) !== normal(now ?? '') && !within)
            throw new src_errors/* GitOpsError */.$(`${where}${path} of the Cluster "${cluster.name}" is ${place}, outside of ${expected}.`, {
                hint: 'Nothing was written. Keys and secrets of a cluster stay below its config base.'
            });
    }
    return expected;
}
function storesOf(object) {
    const places = [
        ['spec', 'keyStore'],
        ['spec', 'secretStore'],
        ['spec', 'configStore', 'keypairs'],
        ['spec', 'configStore', 'secrets']
    ];
    return places.flatMap((keys) => {
        const value = (0,json/* asString */.oJ)((0,json.at)(object, ...keys));
        return value === undefined ? [] : [[keys.join('.'), value]];
    });
}
/** Without steps back up: kops may resolve them. */
function isBelow(place, base) {
    if (!place.startsWith(`${base}/`))
        return false;
    return place
        .slice(base.length + 1)
        .split('/')
        .every((part) => part !== '' && part !== '.' && part !== '..');
}
function normal(place) {
    return place.replace(/\/+$/, '');
}

;// CONCATENATED MODULE: ./src/targets/kops/required-kops.js



const UPGRADE = /(?:kops|kubernetes) upgrade is required|upgrading kops is required/i;
/** A refusal for the versions, with the versions: kops tells neither. Any other error is given back as it is. */
async function withVersions(error, declared, context) {
    if (!(error instanceof src_errors/* GitOpsError */.$) || !UPGRADE.test(error.message))
        return error;
    const { exec, kops, checkout } = context.options;
    const wanted = (0,json/* asString */.oJ)((0,json.at)(declared.cluster.object, 'spec', 'kubernetesVersion'));
    const place = await placeOfField(checkout, declared.cluster, ['spec', 'kubernetesVersion']);
    const version = await exec(kops, ['version', '--short'], { timeout: 20_000, env: context.env }).then(({ stdout }) => stdout.trim().replace(/^v/, ''), () => '');
    const facts = [
        ...(wanted === undefined
            ? []
            : [`The manifests ask for Kubernetes ${wanted}${place ? ` (${place.file}:${place.line})` : ''}`]),
        ...(version === '' ? [] : [`this is kops ${version}`])
    ];
    if (facts.length === 0)
        return error;
    return new src_errors/* GitOpsError */.$(`${error.message.replace(/\.?$/, '.')} ${facts.join('; ')}.`, {
        ...(error.hint === undefined ? {} : { hint: error.hint }),
        details: error.details,
        annotations: error.annotations,
        cause: error
    });
}

;// CONCATENATED MODULE: ./src/targets/kops/spec-changes.js


/** What replacing an object in the state store changes; undefined when that is nothing. */
function specChange(wanted, live, redactor) {
    const before = new Map(leavesOf(live ? content(live.object) : undefined).map((leaf) => [leaf.path, leaf.value]));
    const after = new Map(leavesOf(content(wanted.object)).map((leaf) => [leaf.path, leaf.value]));
    const fields = [];
    for (const path of [...new Set([...before.keys(), ...after.keys()])].sort()) {
        const [old, next] = [before.get(path), after.get(path)];
        if (old !== undefined && next !== undefined && (0,json/* canonicalJson */.dj)(old) === (0,json/* canonicalJson */.dj)(next))
            continue;
        if (spec_changes_isNothing(old) && spec_changes_isNothing(next))
            continue;
        // Of an object that is new, its own content says enough; kind and name stand in the title.
        if (!live && !path.startsWith('spec.'))
            continue;
        fields.push({ path, before: spec_changes_shown(path, old, redactor), after: spec_changes_shown(path, next, redactor) });
    }
    if (live && fields.length === 0)
        return undefined;
    return {
        action: live ? 'update' : 'create',
        resource: resourceOf(wanted),
        fields,
        reason: live
            ? 'The state store differs from Git: it is replaced there.'
            : 'It is not in the state store yet: it is created there.',
        ...(wanted.source ? { source: wanted.source } : {})
    };
}
function resourceOf(one) {
    return { id: `${one.kind}/${one.name}`, kind: one.kind, name: one.name };
}
function spec_changes_isNothing(value) {
    return value === undefined || value === null || (0,json/* canonicalJson */.dj)(value) === '{}' || (0,json/* canonicalJson */.dj)(value) === '[]';
}
/** Scripts for nodes and files may hold anything. */
const SECRET = /(^|\.)additionalUserData(\[|\.|$)|(^|\.)fileAssets\[.*\.content$|(^|\.)hooks\[.*\.manifest$/;
function spec_changes_shown(path, value, redactor) {
    if (value === undefined)
        return { type: 'absent' };
    if (SECRET.test(path))
        return redactor.secret((0,json/* canonicalJson */.dj)(value));
    if (typeof value !== 'string')
        return { type: 'value', value };
    const name = path.split('.').at(-1) ?? path;
    return { type: 'value', value: redactor.text(`${name}: ${value}`).slice(name.length + 2) };
}

;// CONCATENATED MODULE: ./src/targets/kops/ssh.js



/**
 * The SSHCredentials that the cluster does not have yet. kops would write one each time it is asked to replace it, so
 * what is there already is left out. Where the store cannot be read, all of them.
 */
async function missingCredentials(context, declared, configBase) {
    if (declared.sshCredentials.length === 0)
        return [];
    const store = await openStateStore(configBase, context.env);
    // kops keeps keys by user and fingerprint.
    const folder = 'pki/ssh/public/admin';
    const known = store ? new Set((await store.texts(folder)).map(keyOf)) : new Set();
    return declared.sshCredentials
        .filter((one) => !known.has(keyOf((0,json/* asString */.oJ)((0,json.at)(one.object, 'spec', 'publicKey')) ?? '')))
        .map((one) => ({
        ...one,
        name: one.name || ((0,json/* asString */.oJ)((0,json.at)(one.object, 'metadata', 'labels', CLUSTER_LABEL)) ?? 'admin')
    }));
}
/** Type and key, without the comment. */
function keyOf(text) {
    return text.trim().split(/\s+/).slice(0, 2).join(' ');
}

;// CONCATENATED MODULE: ./src/targets/kops/plan.js


















/**
 * Compares Git with the state store, and what the state store is to hold with the cloud. Reads only: what is not in the
 * store yet is tried in a shadow of it.
 */
async function makePlan(context, purpose) {
    const { checkout, manifests, cluster } = context.options;
    const declared = await readManifests({ checkout, manifests, ...(cluster === undefined ? {} : { cluster }) });
    try {
        return await planOf(context, purpose, declared);
    }
    catch (error) {
        throw await withVersions(error, declared, context);
    }
}
async function planOf(context, purpose, declared) {
    const { options, kops, redactor } = context;
    const cluster = declared.cluster.name;
    const stored = await readStored(kops, cluster);
    const configBase = checkedConfigBase(declared, stored, options.state);
    if (!stored)
        await refuseRenamed(context, cluster);
    const means = { kops, temporary: options.temporary, configBase };
    // Mostly nothing differs: then the dry run of the store as it is is the answer, and it need not wait for that.
    const early = stored && seemsEqual(declared, stored) ? settle(dryRun(context, cluster, PLANNING)) : undefined;
    // Nor need any dry run wait for what the instances are.
    const asked = settle(stored ? groupStatuses(context, cluster) : Promise.resolve([]));
    const [desired, credentials] = await together(stored ? desiredExisting(declared, stored, means) : desiredNew(declared, means), missingCredentials(context, declared, configBase));
    // What was deployed with such a field is looked after all the same.
    const { checkout, log } = options;
    await reportUnknown(desired.dropped, { checkout, log, refuse: purpose === 'deploy' });
    const specChanges = changesOfStore(desired, declared, stored, context);
    const removals = removedGroups(declared, stored, context);
    const replacements = [
        ...[desired.cluster, ...desired.instanceGroups].filter((one) => specChanges.has(one)),
        ...credentials
    ];
    const untouched = replacements.length === credentials.length && !removals.some((one) => one.allowed);
    const report = early && untouched
        ? await early.then(unsettle)
        : await withShadow({ temporary: options.temporary, cluster, configBase }, async (shadow) => {
            await early;
            const objects = { cluster: desired.cluster, instanceGroups: remaining(desired, stored, removals) };
            // kops' own metadata of what is not replaced stays as it is.
            await shadow.fill({ ...objects, addons: stored?.addons ?? [] });
            return dryRun(context, cluster, PLANNING, shadow.state);
        });
    const cloudChanges = changesOf(report, { redactor, prune: options.update.prune });
    const rolling = rollingChanges(report, unsettle(await asked), stored, context);
    // What a deploy leaves as it is is no change, but must not be forgotten. For a drift check it is one: "not in Git".
    const shown = removals.filter((one) => one.allowed || purpose === 'drift');
    const kept = removals.filter((one) => !shown.includes(one));
    const changes = [
        ...specChanges.values(),
        ...credentials.map((one) => ({
            action: 'create',
            resource: resourceOf(one),
            fields: [],
            reason: 'The key is not in the state store.'
        })),
        ...cloudChanges,
        ...rolling,
        ...shown.map((one) => one.change)
    ];
    const declaredDigest = digestOfDeclared(declared);
    const base = {
        target: options.id,
        kind: 'kops',
        declaredDigest,
        changes: purpose === 'drift' ? await attributed(context, cluster, changes) : changes
    };
    return {
        plan: {
            ...base,
            purpose,
            unchanged: unchangedObjects(desired, specChanges),
            notes: [...notesOf(desired, declared, report, stored), ...kept.map(keptNote)],
            digest: (0,plan/* planDigest */.G)(base)
        },
        declared,
        stored,
        replacements,
        removals: removals.filter((one) => one.allowed).map((one) => one.group),
        needsRollingUpdate: rolling.length > 0
    };
}
const PLANNING = 'Planning what kops would do';
/** A promise whose failure waits until somebody asks. */
function settle(promise) {
    return promise.then((value) => ({ value }), (error) => ({ error }));
}
function unsettle(settled) {
    if ('error' in settled)
        throw settled.error;
    return settled.value;
}
/** `sha256:…` of what the manifests declare. */
function digestOfDeclared(declared) {
    const objects = [declared.cluster, ...declared.instanceGroups, ...declared.sshCredentials];
    return (0,digest/* digestOf */.o)(objects.map((one) => (0,json/* canonicalJson */.dj)(one.object)));
}
/** A cluster under a new name is no renamed cluster: the old one would go on, and cost, without anybody's knowing. */
async function refuseRenamed(context, cluster) {
    const { store, options } = context;
    if (!store)
        return;
    for (const other of await store.folders(OUR_FOLDER)) {
        if (other === cluster)
            continue;
        const record = await readRecord(store, other).catch(() => undefined);
        if (record?.target !== options.id || record.environment !== options.environment)
            continue;
        throw new src_errors/* GitOpsError */.$(`The manifests declare the cluster "${cluster}", which does not exist, but "${options.id}" was deployed as the cluster "${other}".`, {
            hint: `kops cannot rename a cluster. Take the name back; or give the new cluster a target of its own; or, if "${other}" is gone, delete ${OUR_FOLDER}/${other}/ in the state store.`
        });
    }
}
function changesOfStore(desired, declared, stored, context) {
    const sources = new Map([declared.cluster, ...declared.instanceGroups].map((one) => [one.kind + one.name, one.source]));
    const groups = new Map(stored?.instanceGroups.map((group) => [group.name, group]));
    const changes = new Map();
    for (const one of [desired.cluster, ...desired.instanceGroups]) {
        const live = one.kind === 'Cluster' ? stored?.cluster : groups.get(one.name);
        const source = sources.get(one.kind + one.name);
        const change = specChange({ ...one, ...(source ? { source } : {}) }, live, context.redactor);
        if (change)
            changes.set(one, change);
    }
    return changes;
}
/** Instance groups that the state store has and Git has no more: kops itself never deletes them (kubernetes/kops#4632). */
function removedGroups(declared, stored, context) {
    const names = new Set(declared.instanceGroups.map((group) => group.name));
    return (stored?.instanceGroups ?? [])
        .filter((group) => !names.has(group.name))
        .map((group) => {
        const isProtected = isControlPlane(group);
        const allowed = context.options.update.deleteInstanceGroups && !isProtected;
        const reason = isProtected
            ? `It is not in Git any more, but its role is ${roleOf(group)}: such a group is only ever deleted by a person ("kops delete instancegroup ${group.name}").`
            : allowed
                ? `It is not in Git any more: ${context.options.rollingUpdate.cloudOnly ? 'it is deleted at once, without draining its nodes (cloud only)' : 'its nodes are cordoned and drained, then it is deleted'}.`
                : 'It is not in Git any more, and stays, because delete-instance-groups is off.';
        const change = { action: 'delete', resource: resourceOf(group), fields: [], reason };
        return { group, allowed, change: allowed ? change : { ...change, healable: false } };
    });
}
function keptNote({ group, change }) {
    const reason = change.reason ?? '';
    return `InstanceGroup "${group.name}": ${reason.charAt(0).toLowerCase()}${reason.slice(1)}`;
}
/** The groups as they will be: of those that are removed, only the ones that may not be stay. */
function remaining(desired, stored, removals) {
    const kept = removals.filter((one) => !one.allowed).map((one) => one.group);
    const groups = new Map(stored?.instanceGroups.map((group) => [group.name, group]));
    return [...desired.instanceGroups, ...kept].map((group) => {
        const live = groups.get(group.name);
        return live && (0,json/* canonicalJson */.dj)(live.object) === (0,json/* canonicalJson */.dj)(group.object) ? live : group;
    });
}
/** Instance groups whose instances are older than their launch template, or will be. */
function rollingChanges(report, statuses, stored, context) {
    if (!stored)
        return [];
    const { rollingUpdate } = context.options;
    const stale = new Map(statuses.filter((group) => group.needUpdate > 0).map((group) => [group.name, group.needUpdate]));
    const templates = report.modified.filter((task) => task.type === 'LaunchTemplate').map((task) => task.name);
    return stored.instanceGroups.flatMap((group) => {
        const count = stale.get(group.name);
        const changing = templates.some((name) => name.startsWith(`${group.name}.`));
        if (count === undefined && !changing)
            return [];
        const why = count === undefined
            ? 'Its launch template changes.'
            : `${count === 1 ? 'One instance runs' : `${count} instances run`} with an older launch template.`;
        const off = !rollingUpdate.enabled || !isWithin(rollingUpdate, group);
        return [
            {
                action: 'restart',
                resource: { id: `Instances/${group.name}`, kind: 'Instances', name: group.name },
                fields: [],
                reason: `${why} ${off ? 'They are left alone, because rolling-update leaves this group out.' : 'They are replaced, one after the other.'}`,
                ...(off ? { healable: false } : {})
            }
        ];
    });
}
function unchangedObjects(desired, changes) {
    return [desired.cluster, ...desired.instanceGroups].filter((one) => !changes.has(one)).length;
}
function notesOf(desired, declared, report, stored) {
    const notes = [];
    const dropped = desired.dropped.map(wordsOf);
    notes.push(...dropped.slice(0, 10));
    if (dropped.length > 10)
        notes.push(`kops drops ${dropped.length - 10} more fields; the log names them.`);
    if (!stored)
        notes.push(`The cluster "${declared.cluster.name}" did not exist before this run.`);
    const upgrade = report.preamble.find((line) => /new kops version is available|kops upgrade/i.test(line));
    if (upgrade !== undefined)
        notes.push(upgrade.replace(/\*+/g, '').trim());
    return notes;
}

;// CONCATENATED MODULE: ./src/targets/kops/target.js










/**
 * A kops cluster as a target. Git, the state store and the cloud are compared; applying makes them equal in this order.
 * @throws GitOpsError when the state store is none, or options contradict one another
 */
async function kopsTarget(options) {
    const { instanceGroups, instanceGroupRoles = [] } = options.update;
    if (instanceGroups.length > 0 && instanceGroupRoles.length > 0)
        throw new src_errors/* GitOpsError */.$('The update is limited to instance groups by name and by role: kops looks at one of them only.', {
            hint: 'Give instance-groups or instance-group-roles.'
        });
    const context = await openContext(options);
    const plans = new WeakMap();
    const clusterName = async () => options.cluster ?? (await readManifests({ checkout: options.checkout, manifests: options.manifests })).cluster.name;
    return {
        id: options.id,
        kind: 'kops',
        async plan(purpose) {
            const planned = await makePlan(context, purpose);
            plans.set(planned.plan, planned);
            return planned.plan;
        },
        async apply(plan) {
            const planned = plans.get(plan);
            if (!planned)
                throw new Error('a plan of another target was given to kops');
            return executePlan(context, planned);
        },
        async deployed() {
            return context.store && readRecord(context.store, await clusterName());
        },
        declaredOutputs: async () => ['kubeconfig'],
        async outputs() {
            await (0,promises_.mkdir)(options.temporary, { recursive: true });
            const directory = await (0,promises_.mkdtemp)(external_node_path_.join(options.temporary, 'kops-kubeconfig-'));
            const kubeconfig = external_node_path_.join(directory, 'kubeconfig');
            await handOnKubeconfig(context, await clusterName(), kubeconfig, KUBECONFIG_LIFETIME);
            return { kubeconfig };
        }
    };
}
/** Long enough for the targets that depend on the cluster; a leaked one is soon worth nothing. */
const KUBECONFIG_LIFETIME = '2h';
/**
 * What was deployed last, read without kops and manifests.
 * @throws GitOpsError when the store cannot be read, or the record is damaged
 */
async function readDeployment(options) {
    if (!options.cluster)
        throw new src_errors/* GitOpsError */.$('The name of the cluster is needed to read what was deployed.');
    const store = await openStateStore(options.state, options.env ?? process.env);
    return store && readRecord(store, options.cluster);
}

;// CONCATENATED MODULE: ./src/targets/kops/index.js






/***/ }),

/***/ 7998:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   G: () => (/* binding */ planDigest),
/* harmony export */   a: () => (/* binding */ TARGET_KINDS)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(124);


const TARGET_KINDS = ['kubernetes', 'kops', 'terraform', 'cloudformation'];
/**
 * The digest that binds an approval to a plan: over target, declared set and changes (action, resource and each
 * field's before and after), whatever order they were found in: that is the order of the input. Attribution, notes and
 * secret fingerprints (keyed per run) do not count; for secrets the caller's `declaredDigest` stands in.
 */
function planDigest(plan) {
    const value = {
        target: plan.target,
        kind: plan.kind,
        declared: plan.declaredDigest,
        changes: inOneOrder(plan.changes.map((change) => ({
            action: change.action,
            resource: change.resource.id,
            fields: inOneOrder(change.fields.map((field) => [field.path, digestible(field.before), digestible(field.after)]))
        })))
    };
    return `sha256:${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update((0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .canonicalJson */ .dj)(value)).digest('hex')}`;
}
function inOneOrder(values) {
    return values
        .map((value) => ({ value, text: (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .canonicalJson */ .dj)(value) }))
        .sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0))
        .map(({ value }) => value);
}
function digestible(value) {
    return value.type === 'value' ? { value: value.value } : value.type;
}


/***/ }),

/***/ 6820:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   FJ: () => (/* binding */ kopsRelease),
/* harmony export */   pH: () => (/* binding */ RELEASES)
/* harmony export */ });
/* unused harmony exports terraformRelease, opentofuRelease */
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


/***/ }),

/***/ 1051:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   S: () => (/* binding */ findTool),
/* harmony export */   j: () => (/* binding */ isOnPath)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1455);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8161);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6760);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(9973);
/* harmony import */ var _releases_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(6820);






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
    const release = _releases_js__WEBPACK_IMPORTED_MODULE_5__/* .RELEASES */ .pH[name];
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
        if (!(error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_4__/* .GitOpsError */ .$))
            throw error;
        const before = problem ?? `${name} is not on the PATH`;
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_4__/* .GitOpsError */ .$(`${before}, and ${error.message}`, { hint: error.hint, cause: error });
    }
}
/** Whether a program of that name is on the PATH. */
async function isOnPath(name, env = process.env) {
    return (await findOnPath(name, env)) !== undefined;
}
/** The first program of the right name. Docker keeps buildx among its plugins. */
async function findOnPath(name, env) {
    const directories = (env['PATH'] ?? '').split(node_path__WEBPACK_IMPORTED_MODULE_3__.delimiter).filter((directory) => node_path__WEBPACK_IMPORTED_MODULE_3__.isAbsolute(directory));
    const places = directories.flatMap((directory) => _releases_js__WEBPACK_IMPORTED_MODULE_5__/* .RELEASES */ .pH[name].commands.map((command) => node_path__WEBPACK_IMPORTED_MODULE_3__.join(directory, command)));
    if (name === 'buildx') {
        const plugins = [
            node_path__WEBPACK_IMPORTED_MODULE_3__.join(env['DOCKER_CONFIG'] || node_path__WEBPACK_IMPORTED_MODULE_3__.join(env['HOME'] || (0,node_os__WEBPACK_IMPORTED_MODULE_2__.homedir)(), '.docker'), 'cli-plugins'),
            ...['/usr/local/lib', '/usr/local/libexec', '/usr/lib', '/usr/libexec'].map((base) => `${base}/docker/cli-plugins`)
        ];
        places.push(...plugins.map((directory) => node_path__WEBPACK_IMPORTED_MODULE_3__.join(directory, 'docker-buildx')));
    }
    for (const place of places)
        if (await isProgram(place))
            return place;
    return undefined;
}
async function isProgram(file) {
    try {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.access)(file, node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.X_OK);
        return (await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.stat)(file)).isFile();
    }
    catch {
        return false;
    }
}
async function versionOf(program, name, options) {
    try {
        const { stdout } = await options.exec(program, _releases_js__WEBPACK_IMPORTED_MODULE_5__/* .RELEASES */ .pH[name].versionArguments, {
            timeout: 20_000,
            ...(options.signal ? { signal: options.signal } : {})
        });
        return /v?(\d+\.\d+(?:\.\d+)?)/.exec(name === 'kubectl' ? (/"gitVersion":\s*"([^"]+)"/.exec(stdout)?.[1] ?? '') : stdout)?.[1];
    }
    catch (error) {
        options.signal?.throwIfAborted();
        options.log.debug(`${program}: ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .messageOf */ .b)(error)}`);
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


/***/ })

};
