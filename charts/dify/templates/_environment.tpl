{{- /* What api, worker and beat share and anybody may read. `sharedEnv` has the last word. */}}
{{- define "dify.config" -}}
{{- $env := dict }}
{{- with .Values.api.url }}
{{- $urls := dict "CONSOLE_API_URL" .consoleApi "CONSOLE_WEB_URL" .consoleWeb "SERVICE_API_URL" .serviceApi }}
{{- $urls = merge $urls (dict "APP_API_URL" .appApi "APP_WEB_URL" .appWeb "FILES_URL" .files) }}
{{- range $name, $url := $urls }}
{{- if $url }}{{ $_ := set $env $name $url }}{{ end }}
{{- end }}
{{- end }}
{{- with .Values.externalPostgres }}
{{- if .enabled }}
{{- $_ := set $env "DB_TYPE" "postgresql" }}
{{- $_ := set $env "DB_HOST" .address }}
{{- $_ := set $env "DB_PORT" (toString .port) }}
{{- $_ := set $env "DB_USERNAME" .username }}
{{- $_ := set $env "DB_DATABASE" .database.api }}
{{- end }}
{{- end }}
{{- with .Values.externalRedis }}
{{- if .enabled }}
{{- $_ := set $env "REDIS_HOST" .host }}
{{- $_ := set $env "REDIS_PORT" (toString .port) }}
{{- $_ := set $env "REDIS_USERNAME" .username }}
{{- $_ := set $env "REDIS_USE_SSL" (toString .useSSL) }}
{{- $_ := set $env "REDIS_DB" (toString .db.app) }}
{{- end }}
{{- end }}
{{- $_ := set $env "STORAGE_TYPE" "opendal" }}
{{- $_ := set $env "OPENDAL_SCHEME" "fs" }}
{{- $_ := set $env "OPENDAL_FS_ROOT" .Values.api.persistence.mountPath }}
{{- range $name, $value := mergeOverwrite $env .Values.sharedEnv }}
{{ $name }}: {{ $value | quote }}
{{- end }}
{{- end }}

{{- /*
What api, worker and beat share and nobody else may read. It is rendered as `data`, not `stringData`:
a key taken out of stringData stays behind in the cluster.
*/}}
{{- define "dify.secret" -}}
{{- $env := dict }}
{{- $remedy := "pass your secret values file (-f values-secrets.yaml) or name an existingSecret" }}
{{- $_ := set $env "SECRET_KEY" (required (printf "global.appSecretKey is empty: %s" $remedy) .Values.global.appSecretKey) }}
{{- with .Values.externalPostgres }}
{{- if .enabled }}
{{- $_ := set $env "DB_PASSWORD" (required (printf "externalPostgres.password is empty: %s" $remedy) .password) }}
{{- end }}
{{- end }}
{{- with .Values.externalRedis }}
{{- if .enabled }}
{{- $_ := set $env "REDIS_PASSWORD" .password }}
{{- $_ := set $env "CELERY_BROKER_URL" (include "dify.brokerUrl" .) }}
{{- end }}
{{- end }}
{{- range $name, $value := mergeOverwrite $env .Values.sharedSecretEnv }}
{{ $name }}: {{ $value | b64enc | quote }}
{{- end }}
{{- end }}

{{- /* urlquery writes a space as "+", which is right in a query and wrong in front of a host. */}}
{{- define "dify.brokerUrl" -}}
{{- $login := "" }}
{{- if or .username .password }}
{{- $login = printf "%s:%s@" (urlquery .username | replace "+" "%20") (urlquery .password | replace "+" "%20") }}
{{- end }}
{{- printf "%s://%s%s:%v/%v" (ternary "rediss" "redis" .useSSL) $login .host .port .db.celery }}
{{- end }}

{{- /* What one container of the API image needs on top of the shared environment. */}}
{{- define "dify.apiImageEnv" -}}
- name: MODE
  value: {{ .component }}
- name: LOG_LEVEL
  value: {{ .values.logLevel | quote }}
{{- if .values.migration }}
- name: MIGRATION_ENABLED
  value: "true"
{{- end }}
{{- end }}

{{- /* The web container serves browsers: it gets addresses and no credentials. */}}
{{- define "dify.webEnv" -}}
{{- with .root.Values.api.url -}}
- name: CONSOLE_API_URL
  value: {{ .consoleApi | quote }}
- name: APP_API_URL
  value: {{ .appApi | quote }}
{{- end }}
- name: NEXT_TELEMETRY_DISABLED
  value: "1"
{{- end }}
