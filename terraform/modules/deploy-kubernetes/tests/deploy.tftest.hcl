# What the module gives the chart and what it refuses. Whether the chart takes it is looked at in terraform/checks.

mock_provider "helm" {}

variables {
  namespace = "realtime"
  image     = { repository = "example/tidegate" }
}

run "a_single_node_needs_an_image_and_a_namespace" {
  command = plan

  assert {
    condition     = !yamldecode(helm_release.tidegate.values[0]).redis.enabled && !contains(keys(yamldecode(helm_release.tidegate.values[0])), "database")
    error_message = "Nothing was said of a database or Redis."
  }
  assert {
    condition     = helm_release.tidegate.wait && helm_release.tidegate.atomic
    error_message = "An apply ends when the pods serve, or is put back."
  }
  assert {
    condition     = length(yamldecode(helm_release.tidegate.values[0]).networkPolicy.managementFrom) == 0
    error_message = "Nobody scrapes, so nobody reaches the management port."
  }
}

run "a_cluster_over_postgresql_and_redis" {
  command = plan

  variables {
    name            = "gate"
    existing_secret = "tidegate"
    database        = { url = "jdbc:postgresql://db:5432/tidegate", user = "tidegate" }
    redis           = true
    autoscaling     = { max_replicas = 9 }
    monitoring      = { namespace = "prometheus" }
    secrets         = { master_key = { secret = "vault", key = "master" } }
    values          = ["resources: {limits: {memory: 4Gi}}"]
  }

  assert {
    condition     = yamldecode(helm_release.tidegate.values[0]).autoscaling.minReplicas == 3 && yamldecode(helm_release.tidegate.values[0]).autoscaling.maxReplicas == 9
    error_message = "Three to nine pods."
  }
  assert {
    condition     = yamldecode(helm_release.tidegate.values[0]).masterKey == { existingSecret = "vault", key = "master" } && yamldecode(helm_release.tidegate.values[0]).existingSecret == "tidegate"
    error_message = "The master key is in a Secret of its own, the rest in the common one."
  }
  assert {
    condition     = length(helm_release.tidegate.values) == 2
    error_message = "Further values come after the module's."
  }
  assert {
    condition     = output.internal_endpoint == "http://gate-tidegate.realtime.svc:80" && output.management_service == "gate-tidegate-management"
    error_message = "Outputs name the chart's Services."
  }
}

run "redis_without_a_database" {
  command = plan

  variables {
    existing_secret = "tidegate"
    redis           = true
  }

  expect_failures = [helm_release.tidegate]
}

run "a_database_without_secrets" {
  command = plan

  variables {
    database = { url = "jdbc:postgresql://db:5432/tidegate", user = "tidegate" }
  }

  expect_failures = [helm_release.tidegate]
}

run "autoscaling_of_a_single_node" {
  command = plan

  variables {
    autoscaling = { max_replicas = 9 }
  }

  expect_failures = [helm_release.tidegate]
}

run "a_password_in_the_url" {
  command = plan

  variables {
    database = { url = "jdbc:postgresql://tidegate:secret@db:5432/tidegate", user = "tidegate" }
  }

  expect_failures = [var.database]
}

run "everybody_a_trusted_proxy" {
  command = plan

  variables {
    trusted_proxies = ["0.0.0.0/0"]
  }

  expect_failures = [var.trusted_proxies]
}

run "an_image_without_a_name" {
  command = plan

  variables {
    image = { repository = "" }
  }

  expect_failures = [var.image]
}

run "a_setting_that_is_none" {
  command = plan

  variables {
    settings = { PATH = "/bin" }
  }

  expect_failures = [var.settings]
}
