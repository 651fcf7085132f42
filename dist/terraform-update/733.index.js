export const id = 733;
export const ids = [733];
export const modules = {

/***/ 1733:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   openS3Store: () => (/* binding */ openS3Store)
/* harmony export */ });
/* harmony import */ var _aws_sdk_client_s3__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8265);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9973);
/* harmony import */ var _explain_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8762);



/** kops' state store in S3, or in what S3_ENDPOINT names: with the same credentials that kops takes for it. */
function openS3Store(options) {
    const { bucket, prefix, env } = options;
    const client = new _aws_sdk_client_s3__WEBPACK_IMPORTED_MODULE_2__/* .S3Client */ .YxF(configuration(env));
    const keyOf = (key) => (prefix === '' ? key : `${prefix}/${key}`);
    const acl = env['KOPS_STATE_S3_ACL'];
    async function put(key, text, condition) {
        const command = new _aws_sdk_client_s3__WEBPACK_IMPORTED_MODULE_2__/* .PutObjectCommand */ .wKZ({
            Bucket: bucket,
            Key: keyOf(key),
            Body: text,
            ContentType: 'application/json',
            ...(acl ? { ACL: acl } : {}),
            ...condition
        });
        try {
            return (await client.send(command)).ETag ?? '';
        }
        catch (error) {
            // 409: another conditional write of the same moment won.
            if (hasStatus(error, 412) || hasStatus(error, 409))
                return undefined;
            if (condition.IfMatch !== undefined && isMissing(error))
                return undefined;
            throw explain(`Writing ${key} to the state store`, error);
        }
    }
    return {
        async read(key) {
            try {
                const answer = await client.send(new _aws_sdk_client_s3__WEBPACK_IMPORTED_MODULE_2__/* .GetObjectCommand */ .jLs({ Bucket: bucket, Key: keyOf(key) }));
                return { text: (await answer.Body?.transformToString('utf8')) ?? '', version: answer.ETag ?? '' };
            }
            catch (error) {
                if (error instanceof _aws_sdk_client_s3__WEBPACK_IMPORTED_MODULE_2__/* .S3ServiceException */ .Hcp && error.name === 'NoSuchKey')
                    return undefined;
                throw explain(`Reading ${key} from the state store`, error);
            }
        },
        create: (key, text) => put(key, text, { IfNoneMatch: '*' }),
        replace: (key, text, version) => put(key, text, { IfMatch: version }),
        async remove(key, version) {
            try {
                await client.send(new _aws_sdk_client_s3__WEBPACK_IMPORTED_MODULE_2__/* .DeleteObjectCommand */ .k4j({ Bucket: bucket, Key: keyOf(key), IfMatch: version }));
            }
            catch (error) {
                if (hasStatus(error, 412) || isMissing(error))
                    return;
                throw explain(`Removing ${key} from the state store`, error);
            }
        },
        async folders(folder) {
            const top = `${keyOf(folder)}/`;
            const { folders } = await list(top);
            return folders.map((name) => name.slice(top.length, -1));
        },
        async written(key) {
            try {
                const page = await client.send(new _aws_sdk_client_s3__WEBPACK_IMPORTED_MODULE_2__/* .ListObjectsV2Command */ .u6x({ Bucket: bucket, Prefix: keyOf(key), MaxKeys: 1, FetchOwner: true }));
                const found = page.Contents?.find((one) => one.Key === keyOf(key));
                if (!found?.LastModified)
                    return undefined;
                const owner = found.Owner?.DisplayName;
                return { time: found.LastModified.toISOString(), ...(owner ? { owner } : {}) };
            }
            catch (error) {
                throw explain(`Looking at ${key} in the state store`, error);
            }
        },
        async texts(folder) {
            const { keys } = await list(`${keyOf(folder)}/`);
            const objects = await Promise.all(keys.map((key) => client.send(new _aws_sdk_client_s3__WEBPACK_IMPORTED_MODULE_2__/* .GetObjectCommand */ .jLs({ Bucket: bucket, Key: key })))).catch((error) => {
                throw explain(`Reading ${folder} from the state store`, error);
            });
            return Promise.all(objects.map(async (object) => (await object.Body?.transformToString('utf8')) ?? ''));
        }
    };
    /** What lies directly below a folder. */
    async function list(top) {
        const folders = [];
        const keys = [];
        let next;
        try {
            do {
                const page = await client.send(new _aws_sdk_client_s3__WEBPACK_IMPORTED_MODULE_2__/* .ListObjectsV2Command */ .u6x({
                    Bucket: bucket,
                    Prefix: top,
                    Delimiter: '/',
                    ...(next === undefined ? {} : { ContinuationToken: next })
                }));
                for (const { Prefix } of page.CommonPrefixes ?? [])
                    if (Prefix !== undefined)
                        folders.push(Prefix);
                for (const { Key } of page.Contents ?? [])
                    if (Key !== undefined)
                        keys.push(Key);
                next = page.NextContinuationToken;
            } while (next !== undefined);
        }
        catch (error) {
            throw explain('Listing the state store', error);
        }
        return { folders, keys };
    }
}
/** As kops has it: S3_ENDPOINT with its own keys, else AWS. */
function configuration(env) {
    const endpoint = env['S3_ENDPOINT'];
    const region = env['S3_REGION'] || env['AWS_REGION'] || env['AWS_DEFAULT_REGION'] || 'us-east-1';
    if (!endpoint)
        return { region, followRegionRedirects: true };
    const [accessKeyId, secretAccessKey] = [env['S3_ACCESS_KEY_ID'], env['S3_SECRET_ACCESS_KEY']];
    if (!accessKeyId || !secretAccessKey)
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .GitOpsError */ .$('S3_ENDPOINT is set, but not S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY.', {
            hint: 'kops wants all three for a state store that is not in AWS.'
        });
    return {
        region,
        endpoint: endpoint.includes('://') ? endpoint : `https://${endpoint}`,
        forcePathStyle: true,
        credentials: { accessKeyId, secretAccessKey }
    };
}
function hasStatus(error, status) {
    return error instanceof _aws_sdk_client_s3__WEBPACK_IMPORTED_MODULE_2__/* .S3ServiceException */ .Hcp && error.$metadata.httpStatusCode === status;
}
function isMissing(error) {
    return error instanceof _aws_sdk_client_s3__WEBPACK_IMPORTED_MODULE_2__/* .S3ServiceException */ .Hcp && (error.name === 'NoSuchKey' || error.name === 'NotFound');
}
function explain(what, error) {
    const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return (0,_explain_js__WEBPACK_IMPORTED_MODULE_1__/* .explainFailure */ .SP)(what, `Error: ${text}`);
}


/***/ })

};
