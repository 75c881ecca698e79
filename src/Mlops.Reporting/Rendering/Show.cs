using System.Globalization;
using Mlops.Engine;
using Scriban.Runtime;

namespace Mlops.Reporting.Rendering;

/// <summary>
/// Numbers, times and digests as people read them: invariant, and with their full value beside.
/// </summary>
static class Show
{
    const string None = "—";

    static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    /// <summary>Four significant digits, in plain notation where that is readable.</summary>
    public static string Number(double? number, int digits = 4)
    {
        if (number is not { } value)
            return None;
        if (double.IsNaN(value))
            return "not a number";
        if (double.IsInfinity(value))
            return value > 0 ? "∞" : "−∞";
        var size = Math.Abs(value);
        if (size is not 0 and (< 1e-4 or >= 1e9))
            return Minus(value.ToString($"0.{new string('#', digits - 1)}e0", Invariant));
        var decimals = size == 0 ? 0 : Math.Clamp(digits - 1 - (int)Math.Floor(Math.Log10(size)), 0, 10);
        return Minus(value.ToString(decimals == 0 ? "#,0" : $"#,0.{new string('0', decimals)}", Invariant));
    }

    /// <summary>As <see cref="Number"/>, without zeros at the end: for bounds and labels.</summary>
    public static string Brief(double number, int digits = 4)
    {
        var text = Number(number, digits);
        return text.Contains('.') && !text.Contains('e') ? text.TrimEnd('0').TrimEnd('.') : text;
    }

    public static string Signed(double? number) => number switch
    {
        null => None,
        > 0 => $"+{Brief(number.Value, 3)}",
        { } value => Brief(value, 3),
    };

    public static string Full(double? number) => number?.ToString("R", Invariant) ?? "";

    /// <summary>
    /// A number for a cell: its text, and its full value for sorting and for those who ask.
    /// </summary>
    public static ScriptObject Cell(double? number) =>
        Fields.Of(("text", Number(number)), ("full", Full(number)));

    public static ScriptObject Cell(double? number, string text) =>
        Fields.Of(("text", text), ("full", Full(number)));

    public static ScriptObject Cell(long number) =>
        Fields.Of(("text", Counted.Of(number)), ("full", number.ToString(Invariant)));

    /// <summary>What is not nothing never reads as 0 %, and what is not all never as 100 %.</summary>
    public static string Percent(double? share) => share switch
    {
        null => None,
        double.NaN => "not a number",
        0 => "0 %",
        > 0 and < 0.0005 => "< 0.1 %",
        >= 0.9995 and < 1 => "> 99.9 %",
        { } value => Minus((value * 100).ToString(Math.Abs(value) < 0.1 ? "0.0#" : "0.0", Invariant)) + " %",
    };

    /// <summary>A part of a whole, or nothing where the whole is empty.</summary>
    public static double? Share(long part, long whole) => whole == 0 ? null : (double)part / whole;

    public static string Probability(double? p) => p switch
    {
        null => None,
        < 0.0001 => "< 0.0001",
        { } value => value.ToString("0.0000", Invariant),
    };

    public static string Size(long bytes) => bytes switch
    {
        < 1000 => Counted.Of(bytes, "byte", "bytes"),
        < 1_000_000 => (bytes / 1e3).ToString("0.#", Invariant) + " kB",
        < 1_000_000_000 => (bytes / 1e6).ToString("0.#", Invariant) + " MB",
        _ => (bytes / 1e9).ToString("0.##", Invariant) + " GB",
    };

    public static string Time(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", Invariant) ?? None;

    /// <param name="seconds">Since 1970-01-01; what no calendar holds is shown as the number it is.</param>
    public static string Moment(double seconds) => seconds is >= -62_135_596_800 and < 253_402_300_799.5
        ? DateTime.UnixEpoch.AddSeconds(Math.Round(seconds)).ToString("yyyy-MM-dd HH:mm:ss", Invariant)
        : Brief(seconds);

    /// <param name="days">Since 1970-01-01; what no calendar holds is shown as the number it is.</param>
    public static string Date(double days) => days is >= -719_162 and < 2_932_897
        ? DateTime.UnixEpoch.AddDays(Math.Floor(days)).ToString("yyyy-MM-dd", Invariant)
        : Brief(days);

    public static string Seconds(double? seconds) => seconds switch
    {
        null => None,
        < 0.9995 => (seconds.Value * 1000).ToString("0.#", Invariant) + " ms",
        < 120 => seconds.Value.ToString("0.0#", Invariant) + " s",
        _ => string.Create(Invariant, $"{Math.Floor(seconds.Value / 60):0} min {seconds.Value % 60:00} s"),
    };

    public static ScriptObject? Digest(Digest? digest) =>
        digest is { } value ? Fields.Of(("full", value.ToString()), ("short", value.Short)) : null;

    /// <summary>A true minus sign lines up with digits; a hyphen does not.</summary>
    static string Minus(string text) => text.StartsWith('-') ? "−" + text[1..] : text;
}
