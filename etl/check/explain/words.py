"""The sentences of explanations, in both languages: what a slip is called, what a blame rests on."""

from etl.check.explain.blame import Reason
from etl.check.explain.names import Named
from etl.check.localise.slips import Slip

SLIPS = {
    Slip.DIGIT: Named("一位数字有误", "one digit differs"),
    Slip.TRANSPOSED: Named("相邻两位数字颠倒", "two digits changed places"),
    Slip.DROPPED_ZEROS: Named("末尾漏零", "zeros at the end are missing"),
    Slip.ADDED_ZEROS: Named("末尾多零", "zeros at the end are too many"),
    Slip.DROPPED_DIGIT: Named("漏一位数字", "a digit is missing"),
    Slip.ADDED_DIGIT: Named("多一位数字", "a digit is too many"),
    Slip.LEFT_EMPTY: Named("漏填", "the cell was left empty"),
    Slip.SWAPPED: Named("与邻格互换", "it changed places with its neighbour"),
    Slip.SHIFTED: Named("整行或整列错开一格", "the figures of the row or column stand one cell off"),
}

REASONS = {
    Reason.EXACT: Named(
        "原件以文字载明该数，并非识读所致：问题出在原件",
        "The file states these figures as text, so the source has them so",
    ),
    Reason.AGREE: Named(
        "两种程序分别识读，结果一致：原件即如此印出",
        "Two readers saw the same figures, so the source prints them so",
    ),
    Reason.CONFIRMED: Named(
        "所涉之数与报告内其他合计相符，识读可信：原件即如此印出",
        "The figures agree with other sums of the report, so they were read rightly and the source prints"
        " them so",
    ),
    Reason.CORRECTED: Named(
        "所涉之数经人工对照原件审核：原件如此",
        "A reviewer held these figures against the page, so the source is at fault",
    ),
    Reason.SEEN: Named(
        "另一程序识读到应有之数：很可能为识读有误，而非原件有误",
        "Another reader saw the value that is needed: very likely a misreading, not a mistake of the source",
    ),
    Reason.MISREAD: Named(
        "该格系从图像识读且把握不足，所差仅一处：很可能为识读有误，而非原件有误",
        "The cell was read from a picture with doubt, and is one slip away: very likely a misreading, no"
        " mistake of the source",
    ),
    Reason.MOVED: Named(
        "各格位置识读把握不足，数字恰错开一格：很可能为识读有误，而非原件有误",
        "Where the figures stand was read with doubt, and they are one cell off: very likely a misreading, no"
        " mistake of the source",
    ),
    Reason.DIFFER: Named(
        "两种程序识读不一，原件有误还是识读有误尚不能定，请核对原件",
        "Two readers differ, so it is open whether the source or the reading is wrong: look at the page",
    ),
    Reason.DOUBTFUL: Named(
        "识读把握不足，原件有误还是识读有误尚不能定，请核对原件",
        "Read with doubt, so it is open whether the source or the reading is wrong: look at the page",
    ),
    Reason.ALONE: Named(
        "仅有一种程序识读，原件有误还是识读有误尚不能定，请核对原件",
        "Only one reader saw these figures, so it is open whether the source or the reading is wrong: look at"
        " the page",
    ),
}

STATES = {
    "blank": Named("空白", "blank"),
    "dash": Named("以横线表示", "a dash"),
    "unreadable": Named("无法识读", "unreadable"),
    "missing": Named("缺格", "missing"),
}
