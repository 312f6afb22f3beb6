# shellcheck shell=bash
# What a Dify version imports from prompts.py, out of image/prompt-names.tsv, and the files of the
# stand-in image that follow from it.

# names_of VERSION: prints "NAME<tab>MODULE", one line for each name the version's own file defines.
# A version between or after those in the table counts as the nearest older one.
names_of() {
  local version=$1 name since until module
  while IFS=$'\t' read -r name since until module; do
    [[ $name != \#* && -n $name ]] || continue
    dpkg --compare-versions "$version" ge "$since" || continue
    [[ $until == - ]] || dpkg --compare-versions "$version" lt "$until" || continue
    printf '%s\t%s\n' "$name" "$module"
  done <"$here/image/prompt-names.tsv"
}

# write_api_tree VERSION ROOT: app.py, the modules it imports, and the stock prompts.py.
write_api_tree() {
  local version=$1 api=$2/app/api names module
  names=$(names_of "$version")
  [[ -n $names ]] || fail "image/prompt-names.tsv knows no names for Dify $version"
  mkdir -p "$api/core/llm_generator"
  write_stock_prompts "$version" "$names" >"$api/core/llm_generator/prompts.py"
  while read -r module; do
    write_importer "$module" "$names" "$api"
    echo "import $(tr / . <<<"${module%.py}")" >>"$api/app.py"
  done < <(cut -f 2 <<<"$names" | grep -vx lazy | sort -u)
  while read -r module; do
    touch "$module/__init__.py"
  done < <(find "$api/core" -type d)
}

write_stock_prompts() {
  local version=$1 name
  echo "# Stand-in for the prompts.py of Dify $version: its names, with texts of our own."
  while read -r name; do
    case $name in
      *_MAX_TOKENS) echo "$name = 256" ;;
      *_TEMPERATURE) echo "$name = 0.0" ;;
      *) printf '%s = """Stock text of %s in Dify %s."""\n' "$name" "$name" "$version" ;;
    esac
  done < <(cut -f 1 <<<"$2")
}

write_importer() {
  local module=$1 names=$2 file=$3/$1
  mkdir -p "${file%/*}"
  {
    echo "from core.llm_generator.prompts import ("
    awk -F '\t' -v module="$module" '$2 == module { print "    " $1 "," }' <<<"$names"
    echo ")"
  } >"$file"
}
