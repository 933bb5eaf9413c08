# The chart beside this file, with values from typed variables. Credentials stay in Secrets that are made elsewhere:
# neither the state nor a plan has one.

locals {
  # What the chart calls {existingSecret, key}; what is null keeps the chart's default.
  credential = {
    for name, one in var.secrets : name => one == null ? null : { existingSecret = one.secret, key = one.key }
  }

  values = merge(
    {
      image = merge(
        {
          repository  = var.image.repository
          pullPolicy  = var.image.pull_policy
          pullSecrets = [for name in var.image.pull_secrets : { name = name }]
        },
        var.image.tag == null ? {} : { tag = var.image.tag },
        var.image.digest == null ? {} : { digest = var.image.digest },
      )
      existingSecret = var.existing_secret == null ? "" : var.existing_secret
      replicaCount   = var.replicas
      trustedProxies = var.trusted_proxies
      settings       = var.settings
      redis = merge(
        { enabled = var.redis },
        local.credential.redis_url == null ? {} : local.credential.redis_url,
      )
      persistence = merge(
        { size = var.persistence.size },
        var.persistence.storage_class == null ? {} : { storageClass = var.persistence.storage_class },
        var.persistence.existing_claim == null ? {} : { existingClaim = var.persistence.existing_claim },
      )
      metrics = {
        serviceMonitor = { enabled = var.monitoring.enabled, labels = var.monitoring.labels }
        rules          = { enabled = var.monitoring.enabled, labels = var.monitoring.labels }
        dashboards     = { enabled = var.monitoring.enabled }
      }
      networkPolicy = {
        managementFrom = var.monitoring.enabled ? [{
          namespaceSelector = { matchLabels = { "kubernetes.io/metadata.name" = var.monitoring.namespace } }
        }] : []
      }
    },
    local.credential.operator_token == null ? {} : { operatorToken = local.credential.operator_token },
    local.credential.master_key == null ? {} : { masterKey = local.credential.master_key },
    var.database == null ? {} : {
      database = merge(
        { url = var.database.url, user = var.database.user, connections = var.database.connections },
        local.credential.database_password == null ? {} : { password = local.credential.database_password },
      )
    },
    var.autoscaling == null ? {} : {
      autoscaling = {
        enabled           = true
        minReplicas       = var.autoscaling.min_replicas
        maxReplicas       = var.autoscaling.max_replicas
        connectionsPerPod = var.autoscaling.connections_per_pod
      }
    },
    var.ingress == null ? {} : {
      ingress = {
        enabled     = true
        className   = var.ingress.class_name == null ? "" : var.ingress.class_name
        annotations = var.ingress.annotations
        hosts       = var.ingress.hosts
        tls         = var.ingress.tls_secret == null ? [] : [{ secretName = var.ingress.tls_secret, hosts = var.ingress.hosts }]
      }
    },
  )
}

resource "helm_release" "tidegate" {
  name             = var.name
  namespace        = var.namespace
  create_namespace = var.create_namespace
  chart            = "${path.module}/chart"
  values           = concat([yamlencode(local.values)], var.values)

  # An apply ends when the pods serve; one that does not come so far is put back.
  wait            = true
  atomic          = true
  cleanup_on_fail = true
  timeout         = var.timeout_seconds
  max_history     = 10

  lifecycle {
    precondition {
      condition     = !var.redis || var.database != null
      error_message = "redis links pods over one external database: set database, or leave redis out for a single node."
    }
    precondition {
      condition     = var.autoscaling == null || var.redis
      error_message = "autoscaling needs redis: without it a node is alone and refuses to start beside another."
    }
    precondition {
      condition     = var.database == null || (var.existing_secret != null || (var.secrets.operator_token != null && var.secrets.master_key != null && var.secrets.database_password != null))
      error_message = "With database, existing_secret or secrets must name where operator token, master key and the database's password are."
    }
    precondition {
      condition     = !var.redis || var.existing_secret != null || var.secrets.redis_url != null
      error_message = "With redis, existing_secret or secrets.redis_url must name where its URL is."
    }
  }
}
