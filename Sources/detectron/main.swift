print("detectron")
