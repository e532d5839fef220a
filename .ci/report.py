"""Reads `go test -json`, prints failures and a count, and fails where a test was skipped although its program or its
files are there. usage: report.py LOG"""
import collections, json, os, sys

output = collections.defaultdict(list)
failed, skipped, passed = [], [], 0
for line in open(sys.argv[1], encoding="utf-8"):
    try:
        event = json.loads(line)
    except ValueError:
        print(line, end="")
        continue
    key = (event.get("Package", ""), event.get("Test", ""))
    action = event.get("Action")
    if action in ("output", "build-output"):
        output[key].append(event.get("Output", ""))
    elif action == "fail":
        failed.append(key)
    elif action == "skip" and key[1]:
        skipped.append(key)
    elif action == "pass" and key[1]:
        passed += 1
for key in failed:
    print("FAIL", *key)
    print("".join(output[key])[-6000:])
for key, lines in output.items():
    for text in lines:
        if "_test.go:" in text and " compared" in text.replace(":", " "):
            print(key[0].removeprefix("levelfield/"), text.strip())
shared = os.path.isdir("../shared/data")
wrong = []
for key in skipped:
    why = "".join(output[key])
    if not shared and "shared data not present" in why:
        continue
    wrong.append(key)
    print("SKIPPED", *key, why.strip().splitlines()[-2:])
print(f"{passed} passed, {len(failed)} failed, {len(skipped)} skipped")
sys.exit(1 if failed or wrong else 0)
