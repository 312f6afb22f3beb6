from __future__ import annotations
import os
import os.path
import os.path as path, sys as system, json
from os import (
    sep,  # comment
    linesep as line_end,
)
from os import getcwd as cwd, curdir
import xml.dom.minidom, email.message as message
from json import(loads)
