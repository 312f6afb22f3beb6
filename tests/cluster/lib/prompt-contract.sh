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

# write_api_tree VERSION ROOT: app.py, the modules it imports, and the stock prompts.py. The modules take and use the
# names as Dify's do: at start, within a request, and through str.format.
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
  write_lazy_importer "$names" "$api"
  while read -r module; do
    touch "$module/__init__.py"
  done < <(find "$api/core" "$api/controllers" -type d)
}

write_stock_prompts() {
  local version=$1 name
  echo "# Stand-in for the prompts.py of Dify $version: its names, with texts of our own."
  while read -r name; do
    case $name in
      *_MAX_TOKENS) echo "$name = 256" ;;
      *_TEMPERATURE) echo "$name = 0.0" ;;
      *) printf '%s = """Stock text of %s in Dify %s. %s"""\n' "$name" "$name" "$version" "$(fields_of "$name" "$version")" ;;
    esac
  done < <(cut -f 1 <<<"$2")
}

# fields_of NAME VERSION: what Dify fills in, in the braces that its code looks for.
fields_of() {
  case $1 in
    GENERATOR_QA_PROMPT) echo '{language}' ;;
    DEFAULT_GENERATOR_SUMMARY_PROMPT) if dpkg --compare-versions "$2" ge 1.12.1; then echo '{language}'; fi ;;
    RULE_CONFIG_PROMPT_GENERATE_TEMPLATE | WORKFLOW_RULE_CONFIG_PROMPT_GENERATE_TEMPLATE) echo '{{TASK_DESCRIPTION}}' ;;
    RULE_CONFIG_PARAMETER_GENERATE_TEMPLATE) echo '{{INPUT_TEXT}}' ;;
    RULE_CONFIG_STATEMENT_GENERATE_TEMPLATE) echo '{{INPUT_TEXT}} {{TASK_DESCRIPTION}}' ;;
    *_CODE_GENERATOR_PROMPT_TEMPLATE) echo '{{CODE_LANGUAGE}} {{INSTRUCTION}}' ;;
    STRUCTURED_OUTPUT_PROMPT) echo '{{schema}}' ;;
    INSTRUCTION_GENERATE_TEMPLATE_PROMPT) echo '{{#last_run#}}' ;;
    INSTRUCTION_GENERATE_TEMPLATE_CODE) echo '{{#error_message#}}' ;;
  esac
}

# The one module that imports names while it serves a request; importing the module itself takes none of them.
write_lazy_importer() {
  local file=$2/controllers/console/app/generator.py name
  mkdir -p "${file%/*}"
  {
    printf '%s\n' 'class Namespace:' '    def route(self, path):' '        return lambda resource: resource' '' '' \
      'console_ns = Namespace()' '' '' '@console_ns.route("/instruction-generate/template")' \
      'class InstructionGenerationTemplateApi:' '    def post(self, args):' '        match args.type:'
    while read -r name; do
      printf '            case "%s":\n                from core.llm_generator.prompts import %s\n\n                return %s\n' \
        "$(tr '[:upper:]' '[:lower:]' <<<"${name##*_}")" "$name" "$name"
    done < <(awk -F '\t' '$2 == "lazy" { print $1 }' <<<"$1")
    printf '%s\n' '            case _:' '                raise ValueError(args.type)'
  } >"$file"
  echo "import controllers.console.app.generator" >>"$2/app.py"
}

write_importer() {
  local module=$1 names=$2 file=$3/$1
  mkdir -p "${file%/*}"
  {
    echo "from core.llm_generator.prompts import ("
    awk -F '\t' -v module="$module" '$2 == module { print "    " $1 "," }' <<<"$names"
    echo ")"
    if [[ $module == */llm_generator.py ]]; then
      printf '\n\n%s\n' 'def generate_qa_document(document_language):' '    return GENERATOR_QA_PROMPT.format(language=document_language)'
    elif [[ $module == */paragraph_index_processor.py ]]; then
      printf '\n\n%s\n' 'def generate_summary(summary_prompt, language):' \
        '    summary_prompt = summary_prompt or ""' '    if not summary_prompt:' \
        '        summary_prompt = DEFAULT_GENERATOR_SUMMARY_PROMPT' '    return summary_prompt.format(language=language)'
    fi
  } >"$file"
}
