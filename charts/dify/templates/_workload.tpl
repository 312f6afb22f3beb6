{{- /*
One Deployment. Takes root, component (api, worker, beat, web), values (the component's own), image,
and port (or nothing for a component that does not listen).
*/}}
{{- define "dify.workload" -}}
{{- $root := .root }}
{{- $isWeb := eq .component "web" }}
{{- $storage := has .component (list "api" "worker") }}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "dify.fullname" $root }}-{{ .component }}
  labels:
    {{- include "dify.labels" $root | nindent 4 }}
    component: {{ .component }}
spec:
  replicas: {{ int .values.replicas }}
  minReadySeconds: {{ int .values.minReadySeconds }}
  progressDeadlineSeconds: {{ int .values.progressDeadlineSeconds }}
  {{- with .values.updateStrategy }}
  strategy:
    {{- include "dify.strategy" . | nindent 4 }}
  {{- end }}
  selector:
    matchLabels:
      {{- include "dify.selectorLabels" . | nindent 6 }}
  template:
    metadata:
      labels:
        {{- with .values.podLabels }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
        {{- include "dify.selectorLabels" . | nindent 8 }}
      {{- $annotations := .values.podAnnotations }}
      {{- if not $isWeb }}
      {{- $annotations = merge (dict "checksum/config" (include "dify.config" $root | sha256sum)) $annotations }}
      {{- if not $root.Values.existingSecret }}
      {{- $annotations = merge (dict "checksum/secret" (include "dify.secret" $root | sha256sum)) $annotations }}
      {{- end }}
      {{- end }}
      {{- with $annotations }}
      annotations:
        {{- toYaml . | nindent 8 }}
      {{- end }}
    spec:
      {{- include "dify.podSettings" . | nindent 6 }}
      containers:
        - name: {{ .component }}
          image: "{{ .image.repository }}:{{ .image.tag | default $root.Chart.AppVersion }}"
          imagePullPolicy: {{ .image.pullPolicy }}
          {{- if not $isWeb }}
          envFrom:
            - configMapRef:
                name: {{ include "dify.configName" $root }}
            - secretRef:
                name: {{ include "dify.secretName" $root }}
          {{- end }}
          env:
            {{- include (ternary "dify.webEnv" "dify.apiImageEnv" $isWeb) . | nindent 12 }}
            {{- with .values.extraEnv }}
            {{- toYaml . | nindent 12 }}
            {{- end }}
          {{- with .port }}
          ports:
            - name: {{ $.component }}
              containerPort: {{ int . }}
              protocol: TCP
          {{- end }}
          {{- with include "dify.probes" . | trim }}
          {{- . | nindent 10 }}
          {{- end }}
          {{- with .values.resources }}
          resources:
            {{- toYaml . | nindent 12 }}
          {{- end }}
          {{- with .values.containerSecurityContext }}
          securityContext:
            {{- toYaml . | nindent 12 }}
          {{- end }}
          {{- if or $storage .values.extraVolumeMounts }}
          volumeMounts:
            {{- if $storage }}
            - name: storage
              mountPath: {{ $root.Values.api.persistence.mountPath }}
            {{- end }}
            {{- with .values.extraVolumeMounts }}
            {{- toYaml . | nindent 12 }}
            {{- end }}
          {{- end }}
      {{- if or $storage .values.extraVolumes }}
      volumes:
        {{- if $storage }}
        - name: storage
          {{- with $root.Values.api.persistence.persistentVolumeClaim.existingClaim }}
          persistentVolumeClaim:
            claimName: {{ . }}
          {{- else }}
          emptyDir: {}
          {{- end }}
        {{- end }}
        {{- with .values.extraVolumes }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      {{- end }}
{{- end }}

{{- /* Values merge key by key, so `type: Recreate` arrives with the default's rollingUpdate, which Kubernetes refuses. */}}
{{- define "dify.strategy" -}}
{{- if eq (toString .type) "Recreate" -}}
type: Recreate
{{- else -}}
{{- toYaml . }}
{{- end }}
{{- end }}

{{- /* Service links are off: a Service called "dify" would set DIFY_PORT, which the image's entrypoint reads. */}}
{{- define "dify.podSettings" -}}
automountServiceAccountToken: {{ .root.Values.serviceAccount.automountServiceAccountToken }}
enableServiceLinks: false
terminationGracePeriodSeconds: {{ int .values.terminationGracePeriodSeconds }}
{{- with include "dify.serviceAccountName" .root }}
serviceAccountName: {{ . }}
{{- end }}
{{- with .root.Values.imagePullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .values.podSecurityContext }}
securityContext:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .values.affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}
