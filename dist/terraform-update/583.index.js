export const id = 583;
export const ids = [583];
export const modules = {

/***/ 2583:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   openFolderStore: () => (/* binding */ openFolderStore)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6760);



/** A folder as a store: kops takes one for trials only, since no node could read it. */
function openFolderStore(root) {
    const fileOf = (key) => node_path__WEBPACK_IMPORTED_MODULE_2__.join(root, key);
    const read = async (key) => {
        try {
            const text = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.readFile)(fileOf(key), 'utf8');
            return { text, version: versionOf(text) };
        }
        catch (error) {
            if (isMissing(error))
                return undefined;
            throw error;
        }
    };
    return {
        read,
        async create(key, text) {
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.mkdir)(node_path__WEBPACK_IMPORTED_MODULE_2__.dirname(fileOf(key)), { recursive: true });
            try {
                await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.writeFile)(fileOf(key), text, { flag: 'wx' });
            }
            catch (error) {
                if (error instanceof Error && 'code' in error && error.code === 'EEXIST')
                    return undefined;
                throw error;
            }
            return versionOf(text);
        },
        async replace(key, text, version) {
            if ((await read(key))?.version !== version)
                return undefined;
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.writeFile)(`${fileOf(key)}.new`, text);
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rename)(`${fileOf(key)}.new`, fileOf(key));
            return versionOf(text);
        },
        async remove(key, version) {
            if ((await read(key))?.version === version)
                await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rm)(fileOf(key), { force: true });
        },
        async folders(prefix) {
            return (await entriesOf(fileOf(prefix))).filter((entry) => entry.isDirectory()).map((entry) => entry.name);
        },
        async written(key) {
            try {
                return { time: (await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.stat)(fileOf(key))).mtime.toISOString() };
            }
            catch (error) {
                if (isMissing(error))
                    return undefined;
                throw error;
            }
        },
        async texts(prefix) {
            const files = (await entriesOf(fileOf(prefix))).filter((entry) => entry.isFile());
            return Promise.all(files.map((file) => (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.readFile)(node_path__WEBPACK_IMPORTED_MODULE_2__.join(fileOf(prefix), file.name), 'utf8')));
        }
    };
}
async function entriesOf(directory) {
    try {
        return await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.readdir)(directory, { withFileTypes: true });
    }
    catch (error) {
        if (isMissing(error))
            return [];
        throw error;
    }
}
function versionOf(text) {
    return (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(text).digest('hex');
}
function isMissing(error) {
    return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}


/***/ })

};
