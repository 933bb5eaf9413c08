terraform {
  required_version = ">= 1.6"

  required_providers {
    tidegate = {
      source = "tidegate.io/tidegate/tidegate"
    }
  }
}

# Endpoint and operator token come from TIDEGATE_ENDPOINT and TIDEGATE_TOKEN.
provider "tidegate" {}
