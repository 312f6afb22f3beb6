{{- /* What all three pods share. Takes root and role. */}}
{{- define "chat.labels" -}}
app.kubernetes.io/part-of: {{ .root.Chart.Name }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .role }}
{{- end }}

{{- define "chat.image" -}}
{{ .Values.image.api.repository }}:{{ .Values.image.api.tag | default .Chart.AppVersion }}
{{- end }}

{{- define "chat.mount" -}}
- name: texts
  mountPath: /app/api/core/llm_generator/prompts.py
  subPath: {{ .Values.prompts.key }}
  readOnly: true
{{- end }}
