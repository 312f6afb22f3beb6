{{- /*
A probe is rendered unless it is empty or `enabled: false`. The handler comes from the value, else the
component's own; it is not in values.yaml because values merge: a user's exec would join our httpGet.
*/}}
{{- define "dify.probes" -}}
{{- $call := . }}
{{- range $kind := list "startupProbe" "livenessProbe" "readinessProbe" }}
{{- $probe := get $call.values $kind | default dict }}
{{- if and $probe (ternary $probe.enabled true (hasKey $probe "enabled")) }}
{{ $kind }}:
  {{- if not (or $probe.httpGet $probe.exec $probe.tcpSocket $probe.grpc) }}
  {{- include "dify.defaultHandler" (dict "component" $call.component "kind" $kind) | nindent 2 }}
  {{- end }}
  {{- with omit $probe "enabled" }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- end }}
{{- end }}
{{- end }}

{{- define "dify.defaultHandler" -}}
{{- if eq .component "api" -}}
httpGet:
  path: /health
  port: api
{{- else if eq .component "web" -}}
tcpSocket:
  port: web
{{- else }}
{{- fail (printf "%s.%s: this component does not listen, so the probe needs an exec (or httpGet, tcpSocket) of its own" .component .kind) }}
{{- end }}
{{- end }}
