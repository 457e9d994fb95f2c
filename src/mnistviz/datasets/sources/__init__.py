"""The formats of data sets: each is a module with `takes`, which paths it reads, and `read`.

`read` returns `Contents`: the images and labels as they are there. All that is the same for every
format, such as sizes, levels, classes and the choice of test images, is done with these afterwards.
"""
