terraform {
  required_version = ">= 1.6"

  required_providers {
    tidegate = {
      source = "tidegate.io/tidegate/tidegate"
    }
  }
}
