import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'

/**
 * Writes the manifests of `count` objects in the shape of the flux-benchmark: per application a Deployment without
 * replicas, a ServiceAccount, a Service and an Ingress. One file per 100 applications, as a chart would render them.
 */
export async function writeObjects(folder: string, namespace: string, count: number): Promise<void> {
  await mkdir(folder, { recursive: true })
  const applications = count / 4
  for (let first = 0; first < applications; first += 100) {
    const documents = Array.from({ length: Math.min(100, applications - first) }, (_, index) =>
      application(`app-${first + index}`, namespace)
    )
    await writeFile(path.join(folder, `apps-${String(first).padStart(6, '0')}.yaml`), documents.join(''))
  }
}

function application(name: string, namespace: string): string {
  const metadata = `metadata:
  name: ${name}
  namespace: ${namespace}
  labels:
    app.kubernetes.io/name: ${name}
`
  return `---
apiVersion: v1
kind: ServiceAccount
${metadata}---
apiVersion: v1
kind: Service
${metadata}spec:
  type: ClusterIP
  selector:
    app.kubernetes.io/name: ${name}
  ports:
    - name: http
      port: 9898
      protocol: TCP
      targetPort: http
---
apiVersion: apps/v1
kind: Deployment
${metadata}spec:
  replicas: 0
  selector:
    matchLabels:
      app.kubernetes.io/name: ${name}
  template:
    metadata:
      labels:
        app.kubernetes.io/name: ${name}
    spec:
      serviceAccountName: ${name}
      containers:
        - name: app
          image: ghcr.io/stefanprodan/podinfo:6.5.0
          ports:
            - name: http
              containerPort: 9898
              protocol: TCP
          env:
            - name: PODINFO_UI_COLOR
              value: "#34577c"
          resources:
            limits:
              cpu: 100m
              memory: 64Mi
            requests:
              cpu: 10m
              memory: 32Mi
---
apiVersion: networking.k8s.io/v1
kind: Ingress
${metadata}spec:
  rules:
    - host: ${name}.example.com
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: ${name}
                port:
                  name: http
`
}
