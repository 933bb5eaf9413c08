# app_id/key_id; the key id is the part of the key name after the dot. The secret cannot be read: key and secret are null.
tofu import tidegate_api_key.backend 482913/k1
