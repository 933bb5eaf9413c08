terraform {
  required_providers {
    tidegate = {
      source = "tidegate.io/tidegate/tidegate"
    }
  }
}

# The token comes from TIDEGATE_TOKEN, so that it is in no file.
provider "tidegate" {
  endpoint = "https://gateway.example.com"
}
