export const id = 674;
export const ids = [674];
export const modules = {

/***/ 3674:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  openRollbackPullRequest: () => (/* binding */ openRollbackPullRequest)
});

// EXTERNAL MODULE: ./src/errors.js
var errors = __webpack_require__(9973);
// EXTERNAL MODULE: ./src/report/markdown.js
var markdown = __webpack_require__(74);
// EXTERNAL MODULE: ./src/report/truncate.js
var truncate = __webpack_require__(5885);
;// CONCATENATED MODULE: ./src/github/trees.js
/** A tree that GitHub does not list whole. */
class TreeTooLarge extends Error {
}
/** Trees of a repository read through the API, each at most once: they never change. */
class Trees {
    #git;
    #known = new Map();
    constructor(git) {
        this.#git = git;
    }
    /** Every file that differs between two trees. Costs requests for the directories that differ, not for the repository. */
    async changes(before, after, prefix = '') {
        if (before === after)
            return [];
        const [old, now] = await Promise.all([this.#entries(before), this.#entries(after)]);
        const changes = [];
        for (const name of new Set([...old.keys(), ...now.keys()])) {
            const [one, other] = [old.get(name), now.get(name)];
            if (one?.sha === other?.sha && one?.mode === other?.mode)
                continue;
            const path = prefix + name;
            const [left, right] = [leaf(one), leaf(other)];
            if (left || right)
                changes.push({ path, before: left, after: right });
            if (isTree(one) || isTree(other))
                changes.push(...(await this.changes(isTree(one) ? one.sha : EMPTY, isTree(other) ? other.sha : EMPTY, `${path}/`)));
        }
        return changes;
    }
    /** What stands at a path. */
    async at(tree, path) {
        const [name = '', ...rest] = path.split('/');
        const entry = (await this.#entries(tree)).get(name);
        if (rest.length === 0)
            return leaf(entry);
        return isTree(entry) ? this.at(entry.sha, rest.join('/')) : undefined;
    }
    /** The paths of all files in the directory at a path; none when there is no directory. */
    async below(tree, path) {
        let sha = tree;
        for (const name of path.split('/')) {
            const entry = (await this.#entries(sha)).get(name);
            if (!isTree(entry))
                return [];
            sha = entry.sha;
        }
        return (await this.changes(EMPTY, sha, `${path}/`)).map((change) => change.path);
    }
    /**
     * Makes the tree that is `tree` with these paths set (undefined: removed) and gives its SHA; undefined when nothing
     * is left in it. Each changed directory is written whole: what is under a path, file or directory, cannot clash.
     */
    async write(tree, leaves) {
        const entries = new Map(await this.#entries(tree));
        const below = new Map();
        // Removals first: a file that replaces a directory must not be removed with it.
        for (const [path, value] of [...leaves].sort(([, one], [, other]) => Number(one !== undefined) - Number(other !== undefined))) {
            const slash = path.indexOf('/');
            const name = slash < 0 ? path : path.slice(0, slash);
            if (slash >= 0) {
                const inside = below.get(name) ?? new Map();
                below.set(name, inside.set(path.slice(slash + 1), value));
            }
            else if (value)
                entries.set(name, { name, ...value });
            else
                entries.delete(name);
        }
        for (const [name, inside] of below) {
            const entry = entries.get(name);
            const adds = [...inside.values()].some((value) => value !== undefined);
            if (entry && !isTree(entry) && !adds)
                continue;
            const sha = await this.write(isTree(entry) ? entry.sha : EMPTY, inside);
            if (sha === undefined)
                entries.delete(name);
            else
                entries.set(name, { name, mode: '040000', type: 'tree', sha });
        }
        return entries.size === 0 ? undefined : this.#git.createTree([...entries.values()]);
    }
    #entries(sha) {
        const known = this.#known.get(sha);
        if (known)
            return known;
        const read = sha === EMPTY ? Promise.resolve(new Map()) : this.#read(sha);
        this.#known.set(sha, read);
        return read;
    }
    async #read(sha) {
        const entries = await this.#git.tree(sha);
        if (!entries)
            throw new TreeTooLarge(`GitHub does not list directory ${sha} whole`);
        return new Map(entries.map((entry) => [entry.name, entry]));
    }
}
/** Stands for a directory that does not exist; never sent. */
const EMPTY = '';
function isTree(entry) {
    return entry?.type === 'tree';
}
function leaf(entry) {
    return entry && entry.type !== 'tree' ? { mode: entry.mode, type: entry.type, sha: entry.sha } : undefined;
}

;// CONCATENATED MODULE: ./src/github/revert.js

/** What the branch would be without the failed push; or why that cannot be said without a person. */
async function composeRevert(forge, options) {
    const { git } = forge;
    const { base, failedSha } = options;
    const [head, failed] = await Promise.all([git.branch(base), git.commit(failedSha)]);
    if (!head)
        return { reason: `the repository has no branch ${base}.` };
    if (!failed)
        return { reason: `the repository has no commit ${failedSha}.` };
    const before = await startOf(forge, failed, options.before);
    if (!before)
        return { reason: `${revert_short(failedSha)} is the first commit: there is nothing to go back to.` };
    if (before.tree === failed.tree)
        return { reason: `${revert_short(failedSha)} changed no file, so taking it back would not help.` };
    if (head === failedSha)
        return { failed, head, tree: before.tree, partial: false };
    const relation = await git.compare(failedSha, head);
    if (relation !== 'ahead')
        return { reason: `${base} no longer holds ${revert_short(failedSha)}: somebody has already moved it back.` };
    const headCommit = await git.commit(head);
    if (!headCommit)
        return { reason: `${base} is at ${revert_short(head)}, which GitHub does not show.` };
    try {
        return await revertFiles(forge, failed, before, headCommit);
    }
    catch (error) {
        if (error instanceof TreeTooLarge)
            return { reason: `${error.message}, so ${revert_short(failedSha)} must be reverted by hand.` };
        throw error;
    }
}
/** Puts back what the failed push touched, if it is still as that push left it. */
async function revertFiles(forge, failed, before, head) {
    const trees = new Trees(forge.git);
    const back = new Map();
    const touched = [];
    for (const change of await trees.changes(before.tree, failed.tree)) {
        const now = await trees.at(head.tree, change.path);
        if (same(now, change.before))
            continue;
        if (same(now, change.after))
            back.set(change.path, change.before);
        else
            touched.push(change.path);
    }
    touched.push(...(await clobbered(trees, head.tree, back)));
    if (touched.length > 0)
        return {
            reason: `later commits changed the same files (${some(touched)}), so ${revert_short(failed.sha)} must be reverted by hand.`
        };
    if (back.size === 0)
        return { reason: `a later commit has already taken ${revert_short(failed.sha)} back.` };
    const tree = await trees.write(head.tree, back);
    if (!tree)
        return { reason: `nothing would be left in the repository.` };
    return { failed, head: head.sha, tree, partial: true };
}
/** The commit to go back to: where the push began if the failed commit really comes from there, else its first parent. */
async function startOf(forge, failed, before) {
    if (before !== undefined && !/^0*$/.test(before) && (await forge.git.compare(before, failed.sha)) === 'ahead')
        return forge.git.commit(before);
    const [parent] = failed.parents;
    return parent === undefined ? undefined : forge.git.commit(parent);
}
/** What later commits put where a file of ours has to go: a directory in the place of a file, or a file in that of a directory. */
async function clobbered(trees, head, back) {
    const lost = new Set();
    for (const [path, value] of back) {
        if (!value)
            continue;
        const parts = path.split('/');
        const above = parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'));
        for (const parent of above)
            if (await trees.at(head, parent))
                lost.add(parent);
        for (const child of await trees.below(head, path))
            lost.add(child);
    }
    return [...lost].filter((path) => !back.has(path) || back.get(path) !== undefined);
}
function same(one, other) {
    return one?.sha === other?.sha && one?.mode === other?.mode;
}
function some(paths) {
    return paths.length <= 3 ? paths.join(', ') : `${paths.slice(0, 3).join(', ')} and ${paths.length - 3} more`;
}
function revert_short(sha) {
    return sha.slice(0, 12);
}

;// CONCATENATED MODULE: ./src/github/rollback.js




/**
 * Opens a pull request that takes a failed push back, by GitHub's Git data API alone: no checkout, no git. When the
 * branch has moved on since, only the files of the failed push are put back, and only if nobody has touched them
 * since. Running again finds and updates the same pull request; one that a person closed stays closed.
 *
 * Needs `contents: write` and `pull-requests: write`.
 */
async function openRollbackPullRequest(forge, options) {
    const none = (reason) => {
        options.log.info(`No rollback pull request: ${reason}`);
        return { action: 'none', reason };
    };
    const branch = branchOf(options);
    const earlier = await forge.pulls.list({ head: branch, base: options.base });
    const open = earlier.find((pull) => pull.state === 'open');
    const [last] = earlier;
    if (!open && last)
        return none(`#${last.number} was this rollback, and it was ${last.state} (${last.url}).`);
    const revert = await composeRevert(forge, options);
    if ('reason' in revert)
        return none(revert.reason);
    await push(forge, branch, revert, options);
    const title = `Roll back ${options.environment}: revert ${firstLine(revert.failed)}`.slice(0, 250);
    const body = await describe(forge, revert, options);
    const pull = open ?? (await create(forge, { head: branch, base: options.base, title, body }));
    if (open && (open.body !== body || open.title !== title))
        await forge.pulls.update(open.number, { title, body });
    const action = open ? 'updated' : 'opened';
    options.log.info(`${open ? 'Updated' : 'Opened'} rollback pull request #${pull.number}: ${pull.url}`);
    return { action, number: pull.number, url: pull.url };
}
/** Puts the revert on its branch: a new commit, unless the branch holds just that, or a person has gone on from it. */
async function push(forge, branch, revert, options) {
    const { git } = forge;
    const trailer = `${TRAILER}: ${options.failedSha}`;
    const current = await git.branch(branch);
    const tip = current ? await git.commit(current) : undefined;
    if (tip && !tip.message.includes(trailer))
        return options.log.info(`Branch ${branch} was changed by ${tip.author}: left as it is`);
    if (tip && tip.tree === revert.tree && tip.parents[0] === revert.head)
        return;
    const message = [
        `Revert "${firstLine(revert.failed)}"`,
        `This takes ${options.failedSha} back: its deployment to ${options.environment} failed.`,
        trailer
    ].join('\n\n');
    const sha = await git.createCommit({ message, tree: revert.tree, parents: [revert.head] });
    if (tip || !(await git.createBranch(branch, sha)))
        await git.moveBranch(branch, sha);
}
const TRAILER = 'Gitops-Actions-Rollback';
/** Opens the pull request; where that is not allowed the branch is there, and a person needs one click. */
async function create(forge, pull) {
    try {
        return await forge.pulls.create(pull);
    }
    catch (error) {
        if (error instanceof errors/* GitOpsError */.$)
            throw new errors/* GitOpsError */.$(`${error.message} The revert is on branch ${pull.head}.`, {
                hint: `Open it by hand: ${forge.pulls.compareUrl(pull.base, pull.head)}${error.hint ? `\n${error.hint}` : ''}`,
                details: error.details,
                cause: error
            });
        throw error;
    }
}
async function describe(forge, revert, options) {
    const { failedSha, environment, base } = options;
    const numbers = await forge.pulls.ofCommit(failedSha);
    const run = options.run ? ` (${(0,markdown/* link */.nf)('run', options.run)})` : '';
    const head = [
        `The deployment of ${failedSha} to ${(0,markdown/* codeSpan */.SS)(environment)} failed${run}. Merging this takes it back.`,
        '',
        `- What is taken back: ${(0,markdown/* escapeMarkdown */.FV)(firstLine(revert.failed))}, by ${(0,markdown/* escapeMarkdown */.FV)(revert.failed.author)}`,
        ...(numbers.length > 0 ? [`- Reverts ${numbers.map((number) => `#${number}`).join(', ')}`] : []),
        revert.partial
            ? `- ${(0,markdown/* codeSpan */.SS)(base)} has moved on since. Only the files of the failed change are put back; nobody has touched them since.`
            : `- ${(0,markdown/* codeSpan */.SS)(base)} will be exactly as it was before.`,
        '',
        '### Why',
        '',
        ''
    ].join('\n');
    const tail = [
        '',
        '',
        '---',
        '',
        `<sub>Opened by gitops-actions. With the token of a job (\`GITHUB_TOKEN\`) GitHub starts no workflows on a pull request, so required checks wait: close and reopen it, or give the action the token of a GitHub App. Merging starts the deployment as always.</sub>`
    ].join('\n');
    const rest = `_Cut here: GitHub takes no longer text. The whole report is with ${options.run ? (0,markdown/* link */.nf)('the run', options.run) : 'the run'}._`;
    const reason = (0,truncate/* closeBlocks */.VC)(options.reason.replaceAll('<!--', '<!\u200b--').trim());
    return head + (0,truncate/* truncateMarkdown */.o4)(reason, truncate/* GITHUB_BODY_LIMIT */.nY - head.length - tail.length, rest) + tail;
}
/** The same failed commit gives the same branch, so a second run finds the first one's pull request. */
function branchOf(options) {
    const environment = options.environment.replace(/[^\w-]+/g, '-').replace(/^-+|-+$/g, '') || 'environment';
    return `gitops-actions/rollback/${environment}-${options.failedSha.slice(0, 12)}`;
}
/** The commit's subject, without the words that would keep GitHub from deploying the merge that takes it back. */
function firstLine(commit) {
    const subject = (commit.message.split('\n')[0] ?? '').replace(/\[(skip|no) ci\]|\[ci skip\]|\[skip actions\]|\[actions skip\]/gi, '');
    return subject.trim() || commit.sha.slice(0, 12);
}


/***/ })

};
