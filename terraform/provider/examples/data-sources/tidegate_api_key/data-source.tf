data "tidegate_api_key" "backend" {
  app_id = "482913"
  name   = "backend"
}

output "key_name" {
  value = data.tidegate_api_key.backend.key_name
}
