{{- define "tidegate.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 50 | trimSuffix "-" -}}
{{- end -}}

{{/* At most 50 characters: the longest suffix is -management, and names of Services end at 63. */}}
{{- define "tidegate.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 50 | trimSuffix "-" -}}
{{- else -}}
{{- $name := include "tidegate.name" . -}}
{{- if contains $name .Release.Name -}}
{{- .Release.Name | trunc 50 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 50 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "tidegate.selectorLabels" -}}
app.kubernetes.io/name: {{ include "tidegate.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "tidegate.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{ include "tidegate.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end -}}

{{- define "tidegate.serviceAccountName" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "tidegate.fullname" .) .Values.serviceAccount.name -}}
{{- else -}}
{{- default "default" .Values.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{- define "tidegate.image" -}}
{{- $repository := required "image.repository: name the image that you built from the Dockerfile and pushed" .Values.image.repository -}}
{{- if .Values.image.digest -}}
{{- printf "%s@%s" $repository .Values.image.digest -}}
{{- else -}}
{{- printf "%s:%s" $repository (default .Chart.AppVersion .Values.image.tag) -}}
{{- end -}}
{{- end -}}

{{/* "true" or nothing: whether pods share an external database, and whether they may be several. */}}
{{- define "tidegate.external" -}}
{{- if .Values.database.url -}}true{{- end -}}
{{- end -}}

{{- define "tidegate.several" -}}
{{- if .Values.redis.enabled -}}true{{- end -}}
{{- end -}}

{{/* The Secret of one value with existingSecret, or that of all; empty: none. Called with (list $ value). */}}
{{- define "tidegate.secretName" -}}
{{- $root := index . 0 -}}
{{- $value := index . 1 -}}
{{- default $root.Values.existingSecret $value.existingSecret -}}
{{- end -}}

{{/*
The credentials that are mounted, as YAML of {items: [{variable, file, secret, key}]}. The file is the variable's name
in small letters; the gateway finds it through NAME_FILE.
*/}}
{{- define "tidegate.credentials" -}}
{{- $items := list -}}
{{- $operator := include "tidegate.secretName" (list . .Values.operatorToken) -}}
{{- if $operator -}}
{{- $items = append $items (dict "variable" "TIDEGATE_OPERATOR_TOKEN" "file" "operator-token" "secret" $operator "key" .Values.operatorToken.key) -}}
{{- end -}}
{{- $master := include "tidegate.secretName" (list . .Values.masterKey) -}}
{{- if $master -}}
{{- $items = append $items (dict "variable" "TIDEGATE_MASTER_KEY" "file" "master-key" "secret" $master "key" .Values.masterKey.key) -}}
{{- end -}}
{{- if include "tidegate.external" . -}}
{{- $items = append $items (dict "variable" "TIDEGATE_DATABASE_PASSWORD" "file" "database-password" "secret" (include "tidegate.secretName" (list . .Values.database.password)) "key" .Values.database.password.key) -}}
{{- end -}}
{{- if .Values.redis.enabled -}}
{{- $items = append $items (dict "variable" "TIDEGATE_REDIS_URL" "file" "redis-url" "secret" (include "tidegate.secretName" (list . .Values.redis)) "key" .Values.redis.key) -}}
{{- end -}}
{{- dict "items" $items | toYaml -}}
{{- end -}}

{{/* A setting as text. YAML's numbers come as floats, and a million would be written 1e+06. */}}
{{- define "tidegate.setting" -}}
{{- if and (kindIs "float64" .) (eq (floor .) .) -}}
{{- printf "%.0f" . -}}
{{- else -}}
{{- toString . -}}
{{- end -}}
{{- end -}}
