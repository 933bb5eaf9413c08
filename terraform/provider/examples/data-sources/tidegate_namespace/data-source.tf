data "tidegate_namespace" "chat" {
  app_id = "482913"
  name   = "chat"
}

output "chat_is_durable" {
  value = data.tidegate_namespace.chat.durability == "durable"
}
