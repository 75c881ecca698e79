using System.Buffers.Text;

namespace Mlops.Benchmarks.Data;

/// <summary>
/// A CSV of fifteen columns of all kinds, always the same: numbers, texts of few and of many values, dates,
/// flags, some cells without a value and a few in quotes. About a hundred bytes a row.
/// </summary>
static class MixedCsv
{
    public const string Columns =
        "id,customer,region,product,channel,quantity,price,discount,latitude,longitude,ordered,shipped,"
        + "returned,score,note";

    const int RowBytes = 512;

    static readonly string[] Regions =
    [
        "north", "south", "east", "west", "centre", "isles",
        "coast", "hills", "lakes", "plain", "border", "city",
    ];
    static readonly string[] Channels = ["web", "shop", "phone", "partner"];
    static readonly string[] Notes =
        ["std", "exp", "box", "\"gift, wrapped\"", "roll", "\"say \"\"hello\"\"\"", "bag", "set"];

    /// <summary>The file, made once and kept in the temporary folder.</summary>
    public static string Of(int rows)
    {
        var folder = Directory.CreateDirectory(
            Path.Combine(Path.GetTempPath(), "mlops-benchmark-data")).FullName;
        var path = Path.Combine(folder, FormattableString.Invariant($"mixed-{rows}.csv"));
        if (File.Exists(path))
            return path;
        var aside = path + ".part";
        using (var file = File.Create(aside))
            Write(file, rows, 42);
        File.Move(aside, path);
        return path;
    }

    public static void Write(Stream file, int rows, ulong seed)
    {
        file.Write(System.Text.Encoding.ASCII.GetBytes(Columns + "\n"));
        var random = new Mixed(seed);
        var buffer = new byte[1 << 20];
        var length = 0;
        for (var row = 0; row < rows; row++)
        {
            length += WriteRow(buffer.AsSpan(length), row, random);
            if (buffer.Length - length >= RowBytes)
                continue;
            file.Write(buffer, 0, length);
            length = 0;
        }
        file.Write(buffer, 0, length);
    }

    static int WriteRow(Span<byte> to, int row, Mixed random)
    {
        var line = new Line(to);
        line.Number(1 + row);
        line.Text("C");
        line.Digits(random.Below(2_000_000), 7);
        line.Next();
        line.Cell(Regions[random.Below(Regions.Length)]);
        line.Text("P");
        line.Digits(random.Below(200), 3);
        line.Next();
        line.Cell(Channels[random.Below(Channels.Length)]);
        line.Number(1 + random.Below(50));
        line.Real(random.Below(100_000), 2);
        if (random.Below(10) > 0)
            line.Real(random.Below(50), 2);
        else
            line.Next();
        line.Real(35_000 + random.Below(30_000), 3);
        line.Real(random.Below(25_000) - 5_000, 3);
        line.Day(random.Below(4 * 365));
        line.Time(random.Below(4 * 365), random.Below(86_400));
        line.Cell(random.Below(12) == 0 ? "true" : "false");
        if (random.Below(20) > 0)
            line.Number(random.Below(1000));
        else
            line.Next();
        var note = random.Below(64);
        line.Cell(Notes[note < Notes.Length ? note : note % 3]);
        return line.End();
    }

    /// <summary>SplitMix64.</summary>
    sealed class Mixed(ulong state)
    {
        ulong state = state;

        public int Below(int end)
        {
            var mixed = state += 0x9e3779b97f4a7c15;
            mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
            return (int)(Math.BigMul(mixed ^ (mixed >> 31), (ulong)end, out _));
        }
    }

    ref struct Line(Span<byte> to)
    {
        static readonly DateOnly FirstDay = new(2022, 1, 1);

        readonly Span<byte> to = to;
        int length;

        public void Text(string text)
        {
            foreach (var character in text)
                to[length++] = (byte)character;
        }

        public void Cell(string text)
        {
            Text(text);
            Next();
        }

        public void Number(int number)
        {
            Utf8Formatter.TryFormat(number, to[length..], out var written);
            length += written;
            Next();
        }

        public void Digits(int number, int count)
        {
            for (var i = count - 1; i >= 0; i--, number /= 10)
                to[length + i] = (byte)('0' + number % 10);
            length += count;
        }

        /// <param name="units">Of ten to the minus <paramref name="decimals"/>.</param>
        public void Real(int units, int decimals)
        {
            if (units < 0)
                Text("-");
            units = Math.Abs(units);
            var one = (int)Math.Pow(10, decimals);
            Utf8Formatter.TryFormat(units / one, to[length..], out var written);
            length += written;
            Text(".");
            Digits(units % one, decimals);
            Next();
        }

        public void Day(int day)
        {
            var date = FirstDay.AddDays(day);
            Digits(date.Year, 4);
            Text("-");
            Digits(date.Month, 2);
            Text("-");
            Digits(date.Day, 2);
            Next();
        }

        public void Time(int day, int second)
        {
            Day(day);
            to[length - 1] = (byte)'T';
            Digits(second / 3600, 2);
            Text(":");
            Digits(second / 60 % 60, 2);
            Text(":");
            Digits(second % 60, 2);
            Next();
        }

        public void Next() => to[length++] = (byte)',';

        public readonly int End()
        {
            to[length - 1] = (byte)'\n';
            return length;
        }
    }
}
