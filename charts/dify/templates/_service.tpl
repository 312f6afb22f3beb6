{{- define "dify.service" -}}
apiVersion: v1
kind: Service
metadata:
  name: {{ include "dify.fullname" .root }}-{{ .component }}
  labels:
    {{- include "dify.labels" .root | nindent 4 }}
    component: {{ .component }}
    {{- with .values.labels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  {{- with .values.annotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
spec:
  type: {{ .values.type }}
  ports:
    - name: {{ .component }}
      port: {{ int .values.port }}
      targetPort: {{ .component }}
      protocol: TCP
  selector:
    {{- include "dify.selectorLabels" . | nindent 4 }}
{{- end }}
