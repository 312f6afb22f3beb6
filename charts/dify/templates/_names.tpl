{{- define "dify.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 56 | trimSuffix "-" }}
{{- end }}

{{- /* 56 leaves room for the longest suffix, "-worker", in a 63 character name. */}}
{{- define "dify.fullname" -}}
{{- $name := include "dify.name" . }}
{{- if .Values.fullnameOverride }}
{{- .Values.fullnameOverride | trunc 56 | trimSuffix "-" }}
{{- else if contains $name .Release.Name }}
{{- .Release.Name | trunc 56 | trimSuffix "-" }}
{{- else }}
{{- printf "%s-%s" .Release.Name $name | trunc 56 | trimSuffix "-" }}
{{- end }}
{{- end }}

{{- define "dify.configName" -}}
{{ include "dify.fullname" . }}-config
{{- end }}

{{- define "dify.secretName" -}}
{{- .Values.existingSecret | default (printf "%s-secret" (include "dify.fullname" .)) }}
{{- end }}

{{- define "dify.serviceAccountName" -}}
{{- if .Values.serviceAccount.create }}
{{- .Values.serviceAccount.name | default (include "dify.fullname" .) }}
{{- else }}
{{- .Values.serviceAccount.name }}
{{- end }}
{{- end }}

{{- /* A Deployment's selector can never change, so nothing that carries a version belongs here. */}}
{{- define "dify.selectorLabels" -}}
app.kubernetes.io/name: {{ include "dify.name" .root }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
component: {{ .component }}
{{- end }}

{{- define "dify.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
app.kubernetes.io/name: {{ include "dify.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end }}
